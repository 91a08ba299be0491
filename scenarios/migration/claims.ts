import { type Claims, type Source, source } from '../claim.js';
import * as from from './sources.js';

const series = source('Peter Xu', from.singletonSeries);
const mutex = source('Peter Xu', from.mutexPatch);
const join = source('Daniel Berrangé', from.joinThread2019);
const threadStart = source('upstream', from.threadStartCommit);
const bottomHalf = source('upstream', from.bottomHalfCommit);
const coroutine = source('upstream', from.coroutineCommit);
const nullCheck = source('upstream', from.nullCheckCommit);
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
  introspection: series.verified,
  'introspection-after': series.expects('I11'),
  'helper-before-init': nullCheck.verified,
};

/** What the debate says of each design, hazard by hazard. */
export const claims: Claims = {
  G16: leavesThePointer,
  G16a: {
    ...leavesThePointer,
    'shutdown-vs-thread-start': threadStart.expects('I1'),
    'shutdown-vs-return-path': threadStart.expects('I1'),
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
  // The series says that it resets the pointer properly, and names no exception.
  G9: { ...keepsItForAll(series), 'creation-race': series.expects('I5') },
  G3: {
    ...keepsItsPromise(series),
    'shutdown-vs-unlocked-helper': series.expects('I2'),
    'migrating-vs-unlocked-helper': series.expects('I2'),
    'creation-race': series.expects('I5'),
  },
  G9a: { ...keepsItForAll(mutex), 'creation-race': mutex.expects('assertion') },
  // That temporary objects are harmless.
  G7: { introspection: armbruster.verified, 'introspection-after': armbruster.verified },
  // The thread needs the big lock to end; a process that has no migration has nothing to join.
  G11: {
    ...keepsItsPromise(join),
    ...failsUnlocked(join),
    'shutdown-vs-bottom-half': join.expects('I4'),
    'shutdown-vs-thread-start': join.expects('I4'),
    'shutdown-vs-running': join.expects('I4'),
    'migrating-vs-locked-helper': join.expects('I4'),
    'introspection-after': join.expects('I4'),
  },
  // Join, drop the last reference, clear the pointer: said to be all that is needed.
  G11a: { ...keepsItsPromise(join), ...failsUnlocked(join) },
  G11b: { ...keepsItsPromise(join), ...failsUnlocked(join) },
  G12: keepsItForAll(series),
  // The question to this one was who takes the lock.
  G10: { ...keepsItsPromise(series), ...failsUnlocked(series) },
};
