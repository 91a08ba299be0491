import { type Claims, type Differences, type Source, source } from '../claim.js';
import * as from from './sources.js';

const upstream = source('upstream', from.prePlugCommit);
const first = source('Peter Xu', from.firstVersion);
const second = source('Peter Xu', from.secondVersion);
const clearing = source('Peter Xu', from.clearInFinalize);
const berrange = source('Daniel Berrangé', from.firstVersion);
const armbruster = source('Markus Armbruster', from.firstVersion);
const replies = source('replies to the series', from.firstVersion);

/** That a second IOMMU is refused, whoever asks, and nothing else happens; those of other kinds apart. */
function refusesSecond({ verified }: Source) {
  return {
    'two-creators-locked': verified,
    'second-of-class': verified,
    'second-of-sibling': verified,
    'hot-plug-of-class': verified,
    'hot-plug-of-sibling': verified,
  };
}

/** That no command that makes objects by name is forgotten. */
function knowsCommands({ verified }: Source) {
  return { 'chardev-add': verified, 'cpu-model-query': verified, 'object-add': verified };
}

/** What the debate says of each design, hazard by hazard. G6, G6a and G9 were left open. */
export const claims: Claims = {
  G1: {
    ...refusesSecond(upstream),
    'second-of-other-kind': upstream.verified,
    // It is set before what may fail.
    'failed-realize': upstream.expects('I11'),
    'look-up-before-machine': second.expects('assertion'),
  },
  G2: {
    ...refusesSecond(first),
    'second-of-other-kind': replies.expects('I5'),
    'two-creators-unlocked': replies.expects('I5'),
    'finalize-vs-unlocked-look-up': replies.expects('I1'),
    'chardev-add': berrange.expects('assertion'),
    'cpu-model-query': berrange.expects('assertion'),
    'object-add': berrange.expects('assertion'),
    'introspection-during': armbruster.expects('assertion'),
  },
  G3: {
    ...refusesSecond(second),
    ...knowsCommands(second),
    'second-of-other-kind': replies.expects('I5'),
    'two-creators-unlocked': second.expects('I5'),
    'finalize-vs-unlocked-look-up': replies.expects('I1', 'I2'),
    'introspection-before': replies.expects('I1'),
    'introspection-during': second.verified,
    'look-up-before-machine': second.verified,
  },
  // To be safe for threads was the reason not to do it as GLib does.
  G3a: {
    ...refusesSecond(second),
    ...knowsCommands(second),
    'two-creators-unlocked': second.verified,
    'finalize-vs-unlocked-look-up': second.verified,
    'introspection-during': second.verified,
  },
  G4: {
    'two-creators-unlocked': second.expects('I5'),
    'cpu-model-query': second.expects('I10'),
  },
  G5: {
    ...refusesSecond(berrange),
    ...knowsCommands(berrange),
    'two-creators-unlocked': replies.expects('I5'),
  },
  G7: {
    ...refusesSecond(armbruster),
    'introspection-before': armbruster.verified,
    'introspection-during': armbruster.verified,
    'cpu-model-query': armbruster.verified,
    'object-add': armbruster.verified,
  },
  G8: { 'introspection-during': clearing.expects('I10') },
};

/** Where the search disagrees. */
export const differences: Differences = {
  G3a: {
    'two-creators-unlocked': {
      found: ['I5', 'assertion'],
      because:
        'each hook locks, but the question and the creation after it are two: both threads are told that there is none',
    },
    'finalize-vs-unlocked-look-up': {
      found: ['I2'],
      because:
        'object_unref does not take the lock: the count is zero before instance_finalize resets the pointer',
    },
  },
};
