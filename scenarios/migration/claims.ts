import { type Claims, type Source, source } from '../claim.js';
import * as from from './sources.js';

const series = source('Peter Xu', from.singletonSeries);
const mutex = source('Peter Xu', from.mutexPatch);
const join = source('Daniel Berrangé', from.joinThread);
const threadStart = source('upstream', from.threadStartCommit);
const bottomHalf = source('upstream', from.bottomHalfCommit);
const coroutine = source('upstream', from.coroutineCommit);
const nullCheck = source('upstream', from.nullCheckCommit);
const replies = source('replies to the series', from.secondVersion);
const armbruster = source('Markus Armbruster', from.singletonSeries);

/** That a design keeps what it promises to those who hold the big lock. */
function keepsItsPromise({ verified }: Source) {
  return {
    'shutdown-vs-bottom-half': verified,
    'shutdown-vs-thread-start': verified,
    'shutdown-vs-running': verified,
    'shutdown-vs-locked-helper': verified,
    'migrating-vs-locked-helper': verified,
    'shutdown-vs-incoming': verified,
    introspection: verified,
    'introspection-after': verified,
  };
}

/** That it promises something to those who do not hold it, too. */
function keepsItForAll(from: Source) {
  return {
    ...keepsItsPromise(from),
    'shutdown-vs-return-path': from.verified,
    'shutdown-vs-unlocked-helper': from.verified,
    'migrating-vs-unlocked-helper': from.verified,
  };
}

/** That those who do not hold the big lock touch freed memory. */
function failsUnlocked({ expects }: Source) {
  return {
    'shutdown-vs-unlocked-helper': expects('I1'),
    'migrating-vs-unlocked-helper': expects('I1'),
  };
}

/** The pointer is left behind whenever the process ends, and whoever follows it touches freed memory. */
const leavesThePointer = {
  'shutdown-vs-bottom-half': series.expects('I11'),
  'shutdown-vs-thread-start': series.expects('I11'),
  'shutdown-vs-running': series.expects('I11'),
  'shutdown-vs-return-path': series.expects('I11'),
  'shutdown-vs-locked-helper': series.expects('I1'),
  'migrating-vs-locked-helper': series.expects('I1'),
  ...failsUnlocked(series),
  'shutdown-vs-incoming': series.expects('I11'),
  'introspection-after': series.expects('I11'),
  'helper-before-init': nullCheck.verified,
};

/** What the debate says of each design, hazard by hazard. */
export const claims: Claims = {
  G16: leavesThePointer,
  G16a: {
    ...leavesThePointer,
    'shutdown-vs-thread-start': threadStart.expects('I1'),
  },
  G16b: {
    ...leavesThePointer,
    'shutdown-vs-bottom-half': bottomHalf.expects('I1'),
    'shutdown-vs-thread-start': bottomHalf.expects('I1'),
    'shutdown-vs-running': bottomHalf.expects('I1'),
    'shutdown-vs-return-path': bottomHalf.expects('I1'),
  },
  G16c: { ...leavesThePointer, 'shutdown-vs-incoming': coroutine.expects('I1') },
  // Against a pointer that is not set yet; what is left behind is not NULL.
  G15: {
    'shutdown-vs-locked-helper': series.expects('I1'),
    'shutdown-vs-unlocked-helper': series.expects('I1'),
    'helper-before-init': nullCheck.verified,
  },
  G15a: { ...leavesThePointer, 'helper-before-init': nullCheck.expects('I11') },
  // Withdrawn for what introspection does to it; that a helper needs more than a pointer reset is what the mutex was for.
  G8: {
    ...keepsItsPromise(mutex),
    ...failsUnlocked(mutex),
    introspection: mutex.expects('assertion'),
    'introspection-after': mutex.expects('assertion'),
  },
  // The series calls it a way to clear the pointer that hopefully works, and says nothing of who reads it without the lock.
  G9: keepsItsPromise(series),
  // A reference that is taken as usual, on what may be going already; hooks were to lock, where more than one thread makes instances.
  G3: {
    ...keepsItsPromise(series),
    'shutdown-vs-unlocked-helper': replies.expects('I2'),
    'migrating-vs-unlocked-helper': replies.expects('I2'),
    'creation-race': replies.expects('I5'),
  },
  G9a: keepsItForAll(mutex),
  // That temporary objects are harmless.
  G7: { introspection: armbruster.verified, 'introspection-after': armbruster.verified },
  // Join, drop the last reference, clear the pointer: said to be all that is needed, which the second version calls debatable. Whether
  // the lock is held meanwhile was not said; migration_cleanup drops it for its join.
  G11a: keepsItsPromise(join),
  G11b: keepsItsPromise(join),
  G12: keepsItForAll(series),
  // The question to this one was who takes the lock: what happens to those who do not was left open.
  G10: keepsItsPromise(series),
};
