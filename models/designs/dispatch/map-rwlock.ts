import { inPieces } from '../../memory/access.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { Memory } from '../../memory/memory.js';
import { head, reachPiece } from './head.js';
import { per } from './per.js';

const mapLock = per(({ sim }: Memory) => sim.rwlock('map lock'));

/**
 * D14. A reader-writer lock instead of RCU: readers hold it across the callback, a change of the map takes it for writing, which flushes
 * whoever still looks at the old map. Named by Avi Kivity in 2012 as the other way to implement D12.
 */
export const mapRwlock: MemoryDesign = {
  ...head,
  name: 'map-rwlock',
  lockless: true,
  *made({ memory }) {
    mapLock(memory);
  },
  viewHolds: () => undefined,
  *dispatch(space, access, reach) {
    const lock = mapLock(space.memory);
    yield* lock.readLock();
    const view = yield* space.currentMap.load();
    const outcome = yield* inPieces(access, (rest) => reachPiece(view, rest, reach));
    yield* lock.readUnlock();
    return outcome;
  },
  *publish(memory, _changed, rebuild) {
    const lock = mapLock(memory);
    yield* lock.writeLock();
    yield* rebuild();
    yield* lock.writeUnlock();
  },
};
