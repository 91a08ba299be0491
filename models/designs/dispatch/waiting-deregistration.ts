import type { Routine } from '../../../src/index.js';
import { decodeError, firstPiece, inPieces } from '../../memory/access.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { Memory } from '../../memory/memory.js';
import { head } from './head.js';
import { per } from './per.js';
import { enter, leave, removedOf, untilUnused, usersOf } from './users.js';

const mapLock = per(({ sim }: Memory) => sim.mutex('map lock'));

/**
 * D18. The pattern for any object that is registered somewhere: look up and count under a lock, call outside it; deregistration waits for
 * a count of zero. Argued by Jan Kiszka, 2012, for memory, ports, files and events alike.
 */
export const waitingDeregistration: MemoryDesign = {
  ...head,
  name: 'waiting-deregistration',
  lockless: true,
  *made(region) {
    mapLock(region.memory);
    usersOf(region);
  },
  viewHolds: () => undefined,
  *dispatch(space, access, reach) {
    return yield* inPieces(access, function* (rest) {
      const lock = mapLock(space.memory);
      yield* lock.lock();
      const piece = yield* firstPiece(yield* space.currentMap.load(), rest);
      const { range } = piece;
      if (range !== undefined) yield* enter(range);
      yield* lock.unlock();
      if (range === undefined) return { ...decodeError, size: piece.access.size };
      const outcome = yield* reach(range, piece.access);
      yield* leave(range);
      return { ...outcome, size: piece.access.size };
    });
  },
  *publish(memory, changed, rebuild) {
    yield* underMapLock(memory, rebuild);
    for (const region of yield* removedOf(changed)) yield* untilUnused(region);
  },
};

/** Publishes with nobody in the middle of a look-up. */
export function* underMapLock(memory: Memory, rebuild: () => Routine): Routine {
  const lock = mapLock(memory);
  yield* lock.lock();
  yield* rebuild();
  yield* lock.unlock();
}
