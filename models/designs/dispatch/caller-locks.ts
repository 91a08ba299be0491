import type { Routine } from '../../../src/index.js';
import {
  type Access,
  decodeError,
  firstPiece,
  inPieces,
  type Outcome,
  type Piece,
} from '../../memory/access.js';
import type { AddressSpace } from '../../memory/address-space.js';
import type { MemoryDesign, Reach } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import type { QomObject } from '../../qom/object.js';
import { around, DeviceLock } from './device-lock.js';
import { head } from './head.js';
import { per } from './per.js';

/** Outside the device: they stay when it goes. */
const ofOwner = per(
  (owner: QomObject) => new DeviceLock(owner, owner.qom.sim.mutex(`guard of ${owner.name}`)),
);

/**
 * D7. Objects have no locks, and nobody else touches their counts: whoever calls one holds a lock around it, and finds it under that lock.
 * Argued by Anthony Liguori, 2012. Objects call each other, was Jan Kiszka's answer: does the caller keep its lock meanwhile? The big
 * lock is this with one lock around all.
 */
export const callerLocks: MemoryDesign = {
  ...head,
  name: 'caller-locks',
  lockless: true,
  *made(region) {
    lockAround(region);
  },
  viewHolds: () => undefined,
  *dispatch(space, access, reach) {
    return yield* inPieces(access, function* (rest) {
      for (;;) {
        const { range } = yield* lookUp(space, rest);
        if (range === undefined) return { ...decodeError, size: rest.size };
        const done = yield* around(lockAround(range.region), () =>
          again(space, rest, reach, range.region),
        );
        if (done !== undefined) return done;
      }
    });
  },
  callbackLock: (region) => lockAround(region)?.mutex,
  removal: (region, remove) => around(lockAround(region), remove),
};

/** Calls what is still there; nothing if something else is there by now. */
function* again(
  space: AddressSpace,
  rest: Access,
  reach: Reach,
  region: MemoryRegion,
): Routine<(Outcome & { readonly size: number }) | undefined> {
  const { range, access } = yield* lookUp(space, rest);
  if (range?.region !== region) return undefined;
  return { ...(yield* reach(range, access)), size: access.size };
}

function lockAround({ owner }: MemoryRegion): DeviceLock | undefined {
  return owner && ofOwner(owner);
}

function* lookUp(space: AddressSpace, rest: Access): Routine<Piece> {
  const { rcu } = space.memory.machine.callRcu;
  yield* rcu.readLock();
  const piece = yield* firstPiece(yield* space.currentMap.load(), rest);
  yield* rcu.readUnlock();
  return piece;
}
