import { type Claims, type Differences, source } from '../claim.js';
import * as from from './sources.js';

const peter = source('Peter Xu', from.thread2024);
const merged = source('Peter Xu', from.merged);
const akihiko = source('Akihiko Odaki', from.thread2024);
const alias = source('upstream', from.aliasCommit);
const quirk = source('upstream', from.quirkCommits);
const unparenting = source('upstream', from.unparentCommits);

/** What the debate says of each answer, hazard by hazard; it leaves M3, M4, M7 and M12 open. */
export const claims: Claims = {
  M1: {
    'same-owner': akihiko.expects('I3'),
    'alias-of-own-region': alias.verified,
    'cross-owner': peter.verified,
    'dynamic-quirk': quirk.verified,
    'dynamic-quirk-left': akihiko.expects('I3'),
    'extra-holder': akihiko.expects('I3'),
    'unplug-during-dispatch': akihiko.expects('I3'),
  },
  M1a: { 'same-owner': akihiko.expects('I3'), 'alias-of-own-region': alias.expects('I3') },
  M2: {
    'same-owner': merged.verified,
    'alias-of-own-region': alias.verified,
    'cross-owner': merged.verified,
    'dynamic-quirk': merged.verified,
    'dynamic-quirk-left': merged.verified,
    // M5: the side effect is seen by a device that keeps its container; found unlikely, and accepted.
    'extra-holder': akihiko.expects('I9'),
    'unplug-during-dispatch': merged.verified,
  },
  M4a: { 'same-owner': akihiko.expects('I2') },
  M8: {
    'same-owner': unparenting.expects('I9'),
    'dynamic-quirk': unparenting.expects('I9'),
    'dynamic-quirk-left': unparenting.expects('I9'),
  },
  M8a: {
    'same-owner': peter.verified,
    'dynamic-quirk': peter.verified,
    'dynamic-quirk-left': peter.verified,
  },
  M9: { 'dynamic-quirk': quirk.verified },
  M9a: { 'dynamic-quirk': quirk.expects('I1') },
  M10: { 'cross-owner': peter.verified },
  M10a: { 'cross-owner': peter.expects('I3') },
};

/** Where the search disagrees. */
export const differences: Differences = {
  M4a: {
    'same-owner': {
      found: ['I9'],
      because:
        'the second object_unparent finds the container without a parent and returns: what is finalized is called, not finalized again',
    },
  },
};
