import type { Routine } from '../../src/index.js';
import type { MemoryRegion } from './region.js';
import { transaction, transactionBegin, transactionCommit } from './transaction.js';

/**
 * memory_region_add_subregion_overlap: what the container then holds of the subregion is up to the design.
 *
 * @param priority - which region is seen where several overlap: the highest (default 0)
 */
export function* addSubregion(
  container: MemoryRegion,
  subregion: MemoryRegion,
  address: number,
  priority = 0,
): Routine {
  const { memory } = container;
  memory.sim.log(`memory_region_add_subregion ${subregion.name}`);
  const { container: before, enabled } = yield* subregion.layout.read();
  memory.sim.assert(
    before === undefined,
    `memory_region_add_subregion: ${subregion.name} already is in a container`,
  );
  yield* subregion.change({ container, address, priority });
  yield* transactionBegin(memory);
  yield* memory.design.subregions.added(container, subregion);
  const layout = yield* container.layout.read();
  const subregions = yield* inOrder(layout.subregions, subregion, priority);
  yield* container.layout.write({ ...layout, subregions });
  yield* transactionCommit(memory, layout.enabled && enabled, subregion);
}

/** QTAILQ_INSERT_BEFORE the first that is not of higher priority. */
function* inOrder(
  others: readonly MemoryRegion[],
  region: MemoryRegion,
  priority: number,
): Routine<readonly MemoryRegion[]> {
  for (const [at, other] of others.entries()) {
    if (priority >= (yield* other.layout.read()).priority) {
      return [...others.slice(0, at), region, ...others.slice(at)];
    }
  }
  return [...others, region];
}

/**
 * memory_region_del_subregion. The references that the container held go inside the transaction, before the map changes: the flat
 * view that is still published holds the owner.
 */
export function* delSubregion(container: MemoryRegion, subregion: MemoryRegion): Routine {
  container.memory.sim.log(`memory_region_del_subregion ${subregion.name}`);
  yield* container.memory.design.removal(subregion, () => takeOut(container, subregion));
}

function* takeOut(container: MemoryRegion, subregion: MemoryRegion): Routine {
  const { memory } = container;
  yield* transactionBegin(memory);
  const before = yield* subregion.layout.read();
  memory.sim.assert(
    before.container === container,
    `memory_region_del_subregion: ${subregion.name} is not in ${container.name}`,
  );
  yield* subregion.layout.write({ ...before, container: undefined });
  const layout = yield* container.layout.read();
  const subregions = layout.subregions.filter((each) => each !== subregion);
  yield* container.layout.write({ ...layout, subregions });
  yield* memory.design.subregions.removed(container, subregion);
  yield* transactionCommit(memory, layout.enabled && before.enabled, subregion);
}

/** memory_region_set_enabled: the map is rendered again whether or not the region shows in it. */
export function* setEnabled(region: MemoryRegion, enabled: boolean): Routine {
  const layout = yield* region.layout.read();
  if (layout.enabled === enabled) return;
  region.memory.sim.log(`memory_region_set_enabled ${region.name} ${enabled}`);
  yield* transaction(region.memory, region, function* () {
    yield* region.layout.write({ ...layout, enabled });
  });
}

/** memory_region_set_size */
export function* setSize(region: MemoryRegion, size: number): Routine {
  const layout = yield* region.layout.read();
  if (layout.size === size) return;
  region.memory.sim.log(`memory_region_set_size ${region.name}`);
  yield* transaction(region.memory, region, function* () {
    yield* region.layout.write({ ...layout, size });
  });
}

/** memory_region_set_address, memory_region_readd_subregion: takes the region out and puts it back, with a reference meanwhile. */
export function* setAddress(region: MemoryRegion, address: number): Routine {
  const { memory } = region;
  const { container, priority, address: before } = yield* region.layout.read();
  if (before === address) return;
  memory.sim.log(`memory_region_set_address ${region.name}`);
  if (container === undefined) {
    yield* region.change({ address });
    return;
  }
  yield* transactionBegin(memory);
  yield* memory.reference(region);
  yield* delSubregion(container, region);
  yield* addSubregion(container, region, address, priority);
  yield* memory.unreference(region);
  yield* transactionCommit(memory, false, undefined);
}
