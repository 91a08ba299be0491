import { type Claims, type Differences, type Source, source } from '../claim.js';
import * as from from './sources.js';

const liguori = source('Anthony Liguori', from.thread2012);
const kiszka = source('Jan Kiszka', from.thread2012);
const kivity = source('Avi Kivity', from.thread2012);
const bonzini = source('Paolo Bonzini', from.thread2012);
const upstream = source('upstream', from.code);

/** That devices may arm and delete timers from callbacks and under their own lock. */
function harmless({ verified }: Source) {
  return {
    'armed-under-device-lock': verified,
    'deleted-under-device-lock': verified,
    'deleted-by-callback': verified,
    'armed-by-callback': verified,
  };
}

/** That a device may go once its timer is deleted. */
function keepsOwner({ verified }: Source) {
  return { 'freed-after-deletion': verified, 'deleted-in-finalize': verified };
}

/** That nothing keeps a device from going while its callback runs. */
function losesOwner({ expects }: Source) {
  return { 'freed-after-deletion': expects('I1'), 'deleted-in-finalize': expects('I1') };
}

/** What the debate says of each answer, hazard by hazard. */
export const claims: Claims = {
  D34: {
    ...harmless(upstream),
    ...keepsOwner(upstream),
    'late-callback': upstream.verified,
    'two-timers': upstream.verified,
    'relies-on-big-lock': upstream.verified,
  },
  D34a: {
    ...harmless(upstream),
    ...losesOwner(upstream),
    'late-callback': upstream.expects('I7'),
  },
  // Devices that rely on the big lock were to use the wrapper. That a callback which is called outside the core's lock must be kept from
  // going away was said of timers with a lock of their own in general.
  D34b: { ...harmless(liguori), ...losesOwner(kivity), 'relies-on-big-lock': liguori.verified },
  D34c: { ...harmless(kiszka), ...losesOwner(kivity) },
  D34d: { ...harmless(kivity), ...keepsOwner(kivity) },
  D33: {
    'armed-by-callback': kiszka.verified,
    'deleted-by-callback': kivity.expects('I4'),
    'deleted-under-device-lock': kivity.expects('I4'),
    'late-callback': kiszka.verified,
    ...keepsOwner(kiszka),
  },
  // The answer to not waiting for oneself: the callback takes the device's lock, whose holder calls timer_mod, which takes that of timers.
  D33a: {
    ...harmless(kiszka),
    'armed-under-device-lock': kivity.expects('I4'),
    'deleted-under-device-lock': kivity.expects('I4'),
    'late-callback': kiszka.verified,
    ...keepsOwner(kiszka),
  },
  // The lock has to be dropped to dispatch, was the answer.
  D35: {
    'armed-under-device-lock': kivity.expects('I4'),
    'deleted-under-device-lock': kivity.expects('I4'),
    'deleted-by-callback': kivity.expects('I4'),
    'armed-by-callback': kivity.expects('I4'),
    ...keepsOwner(liguori),
  },
  D35a: { ...harmless(bonzini), ...keepsOwner(bonzini) },
};

/** Where the search disagrees. */
export const differences: Differences = {
  D34d: {
    'deleted-in-finalize': {
      found: ['I2'],
      because:
        'the core finds the timer of an owner whose last reference is gone, and raises its count from zero',
    },
  },
  D33a: {
    'armed-under-device-lock': {
      found: 'verified',
      because:
        'timer_mod does not wait, and the lock it takes is not held while a callback runs: only deletion can hang',
    },
  },
};
