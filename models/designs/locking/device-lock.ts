import type { Routine } from '../../../src/index.js';
import type { Locking, LockingDesign, Locks } from '../../devices/locking.js';
import { bigLockOnly } from './big-lock-only.js';

/** Takes the device's lock. */
const locked: Locking = function* ({ own }, body) {
  yield* own.lock();
  yield* body();
  yield* own.unlock();
};

function* underBigLock({ bigLock }: Locks, body: () => Routine): Routine {
  if (bigLock.mine) yield* body();
  else yield* bigLock.guard(body);
}

/**
 * D27. Each region chooses: the fast one does without the big lock, the other keeps it; no lock is common to both. Jan Kiszka, who
 * did this in 2015; again upstream since 2025 (commit 73c520b088).
 */
export const mixedRegions: LockingDesign = {
  ...bigLockOnly,
  name: 'mixed-regions',
  lockless: { io: true, control: false },
};

/** D27 with a lock of the device's own around its state, inside the big lock where that is held. */
export const mixedRegionsLocked: LockingDesign = {
  ...mixedRegions,
  name: 'mixed-regions-locked',
  io: locked,
  *control(locks, body, change) {
    yield* locked(locks, body);
    yield* change();
  },
  unrealize: locked,
};

/**
 * D28. No callback has the big lock: each takes the device's lock, and, still holding it, the big lock if it has to change the map. The
 * order that Jan Kiszka had first.
 */
export const deviceLockFirst: LockingDesign = {
  ...bigLockOnly,
  name: 'device-lock-first',
  lockless: { io: true, control: true },
  io: locked,
  control: (locks, body, change) =>
    locked(locks, function* () {
      yield* body();
      yield* underBigLock(locks, change);
    }),
  unrealize: locked,
};

/**
 * D28 reversed: the big lock before the device's lock. What Jan Kiszka came to, and the order upstream. What it has over D27 with a
 * device lock, that lock around the change of the map as well, nobody sees: dispatch has found its region before it takes the lock.
 */
export const bigLockFirst: LockingDesign = {
  ...deviceLockFirst,
  name: 'big-lock-first',
  control: (locks, body, change) =>
    underBigLock(locks, () =>
      locked(locks, function* () {
        yield* body();
        yield* change();
      }),
    ),
};
