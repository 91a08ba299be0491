import type { Routine } from '../../../src/index.js';
import {
  type Access,
  decodeError,
  firstPiece,
  inPieces,
  type Outcome,
} from '../../memory/access.js';
import type { MemoryDesign, Reach } from '../../memory/design.js';
import type { FlatView } from '../../memory/flat-view.js';
import { SharedInPlace } from '../../memory/shared-state.js';
import { byOwner } from '../subregions/by-owner.js';

/**
 * Upstream at the head. The RCU read section spans the look-up and the whole callback; the view that is looked at holds the owners of
 * its regions and goes after a grace period, so that dispatch itself takes no reference. Callbacks run under the big lock, taken inside
 * the section, unless the region does without. Whoever changes the map waits for nothing.
 *
 * Upstream: system/physmem.c:flatview_read_continue, prepare_mmio_access; system/memory.c:memory_region_transaction_commit.
 */
export const head: MemoryDesign = {
  name: 'head',
  lockless: false,
  *made() {},
  viewHolds: ({ owner }) => owner,
  *dispatch(space, access, reach) {
    const { rcu } = space.memory.machine.callRcu;
    yield* rcu.readLock();
    const view = yield* space.currentMap.load();
    const outcome = yield* inPieces(access, (rest) => reachPiece(view, rest, reach));
    yield* rcu.readUnlock();
    return outcome;
  },
  *ops({ region }) {
    return yield* region.ops.read();
  },
  *callback({ memory, lockless }, run) {
    const { bigLock } = memory.machine;
    if (lockless || bigLock.mine) return yield* run();
    return yield* bigLock.guard(run);
  },
  *removal(_region, remove) {
    yield* remove();
  },
  *publish(_memory, _changed, rebuild) {
    yield* rebuild();
  },
  *reclaim({ machine }, destroy) {
    yield* machine.callRcu.call(destroy);
  },
  shared: (block, name) => new SharedInPlace(block, name),
  subregions: byOwner,
};

/** One piece, with nothing held but the read section around it. */
export function* reachPiece(
  view: FlatView | undefined,
  rest: Access,
  reach: Reach,
): Routine<Outcome & { readonly size: number }> {
  const { range, access } = yield* firstPiece(view, rest);
  const outcome = range === undefined ? decodeError : yield* reach(range, access);
  return { ...outcome, size: access.size };
}
