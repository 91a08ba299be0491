import type { Routine } from '../../../src/index.js';
import {
  type Access,
  decodeError,
  firstPiece,
  inPieces,
  type Outcome,
} from '../../memory/access.js';
import type { AddressSpace } from '../../memory/address-space.js';
import type { Reach } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';

/** Takes what a design holds during a callback, inside the read section of the look-up; false: the region is gone. */
export type Acquire = (range: FlatRange) => Routine<boolean>;

/** Gives it back, outside the read section. */
export type Release = (range: FlatRange) => Routine;

/**
 * The pattern of those who keep the read section short: look up, take hold, leave the section, call, let go. Each piece of an access is
 * looked up for itself.
 */
export function* dispatchHolding(
  space: AddressSpace,
  access: Access,
  reach: Reach,
  acquire: Acquire,
  release: Release,
): Routine<Outcome> {
  return yield* inPieces(access, (rest) => onePiece(space, rest, reach, acquire, release));
}

function* onePiece(
  space: AddressSpace,
  rest: Access,
  reach: Reach,
  acquire: Acquire,
  release: Release,
): Routine<Outcome & { readonly size: number }> {
  const { rcu } = space.memory.machine.callRcu;
  yield* rcu.readLock();
  const { range, access } = yield* firstPiece(yield* space.currentMap.load(), rest);
  const held = range !== undefined && (yield* acquire(range));
  yield* rcu.readUnlock();
  if (range === undefined || !held) return { ...decodeError, size: access.size };
  const outcome = yield* reach(range, access);
  yield* release(range);
  return { ...outcome, size: access.size };
}
