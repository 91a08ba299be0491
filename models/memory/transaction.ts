import type { Routine } from '../../src/index.js';
import type { Memory } from './memory.js';
import { tell } from './probe.js';
import type { MemoryRegion } from './region.js';
import { rebuild } from './topology.js';

/** The changes of the map that are under way: upstream's memory_region_transaction_depth and memory_region_update_pending. */
export interface Transaction {
  readonly depth: number;
  /** Whether something that shows in the map changed. */
  readonly pending: boolean;
  /** What changed: upstream does not keep this; designs that wait for the users of a region need it. */
  readonly changed: readonly MemoryRegion[];
}

export const noTransaction: Transaction = { depth: 0, pending: false, changed: [] };

/** memory_region_transaction_begin */
export function* transactionBegin(memory: Memory): Routine {
  const now = yield* memory.transaction.read();
  yield* memory.transaction.write({ ...now, depth: now.depth + 1 });
}

/**
 * memory_region_transaction_commit: the outermost one renders the map anew if anything changed.
 *
 * @param pending - whether the change shows in the map
 * @param changed - the region that changed
 */
export function* transactionCommit(
  memory: Memory,
  pending: boolean,
  changed: MemoryRegion | undefined,
): Routine {
  const { sim, bigLock } = memory.machine;
  const now = yield* memory.transaction.read();
  sim.assert(now.depth > 0, 'memory_region_transaction_commit: no transaction has begun');
  sim.assert(bigLock.mine, 'memory_region_transaction_commit: without the big lock');
  const after: Transaction = {
    depth: now.depth - 1,
    pending: now.pending || pending,
    changed: changed === undefined ? now.changed : [...now.changed, changed],
  };
  const due = after.depth === 0 && after.pending;
  yield* memory.transaction.write(after.depth === 0 ? noTransaction : after);
  if (!due) return;
  sim.log('memory_region_transaction_commit: address_space_set_flatview');
  yield* tell(memory, ({ committing }) => committing?.(after.changed));
  yield* memory.design.publish(memory, after.changed, () => rebuild(memory));
  yield* tell(memory, ({ committed }) => committed?.(after.changed));
}

/** One change with a transaction around it. */
export function* transaction(
  memory: Memory,
  changed: MemoryRegion,
  change: () => Routine,
): Routine {
  yield* transactionBegin(memory);
  yield* change();
  yield* transactionCommit(memory, true, changed);
}
