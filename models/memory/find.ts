import type { Routine } from '../../src/index.js';
import type { AddressSpace } from './address-space.js';
import { regionReference } from './address-space.js';
import type { MemoryRegion } from './region.js';

/**
 * memory_region_find: the region at an address of a space, with a reference on its owner that the caller must drop.
 *
 * Upstream: system/memory.c:memory_region_find, memory_region_find_rcu.
 */
export function* findRegion(
  space: AddressSpace,
  address: number,
): Routine<MemoryRegion | undefined> {
  const { rcu } = space.memory.machine.callRcu;
  yield* rcu.readLock();
  const view = yield* space.currentMap.load();
  const range = view === undefined ? undefined : yield* view.find(address);
  if (range !== undefined) yield* regionReference(range.region);
  yield* rcu.readUnlock();
  return range?.region;
}
