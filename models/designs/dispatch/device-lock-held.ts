import type { Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import { deviceLock } from './device-lock.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D6. The device's lock is held during dispatch, and whoever deletes takes it as well, so that a deletion cannot end while a callback
 * runs. Nothing is counted. Argued by Anthony Liguori, 2012; the lock is part of what goes away, was Avi Kivity's answer.
 */
export const deviceLockHeld: MemoryDesign = {
  ...head,
  name: 'device-lock-held',
  lockless: true,
  *made(region) {
    deviceLock(region);
  },
  viewHolds: () => undefined,
  dispatch: (space, access, reach) => dispatchHolding(space, access, reach, found, nothing),
  callback: (region, run) => locked(region, run),
  removal: (region, remove) => locked(region, remove),
};

function* locked<T>(region: MemoryRegion, run: () => Routine<T>): Routine<T> {
  const lock = deviceLock(region);
  return lock === undefined ? yield* run() : yield* lock.guard(run);
}

function* found(): Routine<boolean> {
  return true;
}

function* nothing(): Routine {}
