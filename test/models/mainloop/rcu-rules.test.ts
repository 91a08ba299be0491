import { describe, expect, it } from 'vitest';
import { BigLock, CallRcu } from '../../../models/index.js';
import type { Mutex, Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** The threads of one case, each given what they share. */
interface Shared {
  readonly bigLock: BigLock;
  readonly callRcu: CallRcu;
  readonly deviceLock: Mutex;
}

function threads(...bodies: readonly ((shared: Shared) => Routine)[]) {
  return (sim: Sim): void => {
    const bigLock = new BigLock(sim);
    const shared = { bigLock, callRcu: new CallRcu(sim, bigLock), deviceLock: sim.mutex('device') };
    for (const [i, body] of bodies.entries()) sim.thread(`thread ${i}`, () => body(shared));
  };
}

/** A register access of a device that has a lock: the section is around everything. */
function* access({ callRcu, deviceLock }: Shared): Routine {
  yield* callRcu.rcu.readLock();
  yield* deviceLock.lock();
  yield* deviceLock.unlock();
  yield* callRcu.rcu.readUnlock();
}

/** A register access of a device that has none. */
function* accessUnderBigLock({ callRcu, bigLock }: Shared): Routine {
  yield* callRcu.rcu.readLock();
  yield* bigLock.lock();
  yield* bigLock.unlock();
  yield* callRcu.rcu.readUnlock();
}

describe('a grace period', () => {
  it('should not be waited for by a reader', () => {
    const setup = threads(function* ({ callRcu }) {
      yield* callRcu.rcu.readLock();
      yield* callRcu.rcu.synchronize();
    });
    expect(wrongWith(setup)).toEqual(['lock-misuse: RCU']);
  });

  it('should not be waited for under the big lock, or under a lock that a reader takes', () => {
    const underBigLock = threads(accessUnderBigLock, function* ({ bigLock, callRcu }) {
      yield* bigLock.lock();
      yield* callRcu.rcu.synchronize();
      yield* bigLock.unlock();
    });
    const underDeviceLock = threads(access, function* ({ deviceLock, callRcu }) {
      yield* deviceLock.lock();
      yield* callRcu.rcu.synchronize();
      yield* deviceLock.unlock();
    });
    expect(wrongWith(underBigLock)).toEqual(['deadlock: BQL, RCU']);
    expect(wrongWith(underDeviceLock)).toEqual(['deadlock: RCU, device']);
  });

  it('should be waited for by a callback, under whatever locks it is asked for', () => {
    const setup = threads(accessUnderBigLock, access, function* ({ bigLock, deviceLock, callRcu }) {
      yield* bigLock.lock();
      yield* deviceLock.lock();
      yield* callRcu.call(function* () {});
      yield* deviceLock.unlock();
      yield* bigLock.unlock();
    });
    expect(wrongWith(setup)).toEqual([]);
  });
});

describe('a callback', () => {
  /** A callback takes the device's lock, whose holder does something. */
  function callback(holder: (shared: Shared) => Routine) {
    return threads(holder, function* ({ callRcu, deviceLock }) {
      yield* callRcu.call(function* () {
        yield* deviceLock.lock();
        yield* deviceLock.unlock();
      });
    });
  }

  it('should take a lock only if nobody who has it waits for the big lock', () => {
    const fine = callback(access);
    const wrong = callback(function* ({ deviceLock, bigLock }) {
      yield* deviceLock.lock();
      yield* bigLock.lock();
      yield* bigLock.unlock();
      yield* deviceLock.unlock();
    });
    expect(wrongWith(fine)).toEqual([]);
    expect(wrongWith(wrong)).toEqual(['deadlock: BQL, device']);
  });
});
