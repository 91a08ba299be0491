import { type Claims, source } from '../claim.js';
import * as from from './sources.js';

const avi = source('Avi Kivity', from.lockless2012);
const paolo = source('Paolo Bonzini', from.lockless2012);
const marcelo = source('Marcelo Tosatti', from.lockless2012);
const upstream = source('upstream', from.lockless2015);

/** What the debate says of each design, by its number. */
export const claims: Claims = {
  head: {
    'unplug-during-dispatch': upstream.verified,
    'unplug-of-embedded-bus': upstream.verified,
    'callback-removes-own-region': upstream.verified,
    'remap-during-dispatch': upstream.verified,
    're-entry-after-bar-write': upstream.verified,
  },
  D2: { 'unplug-of-embedded-bus': paolo.expects('I1') },
  D3: {
    'unplug-during-dispatch': paolo.verified,
    'unplug-of-embedded-bus': paolo.verified,
  },
  D11: {
    'unplug-during-dispatch': avi.verified,
    'callback-removes-own-region': avi.verified,
  },
  D12: {
    'callback-removes-own-region': marcelo.expects('I4'),
    're-entry-after-bar-write': marcelo.expects('I4'),
  },
  D13: {
    'unplug-during-dispatch': paolo.verified,
    'callback-removes-own-region': paolo.verified,
    're-entry-after-bar-write': paolo.verified,
  },
};
