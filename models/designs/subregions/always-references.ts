import type { Routine } from '../../../src/index.js';
import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { SubregionDesign } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import { delSubregion } from '../../memory/region-tree.js';
import { transactionBegin, transactionCommit } from '../../memory/transaction.js';

/**
 * M1. A container references the owner of each subregion, also if that is its own owner, which then keeps itself alive. A region that
 * is finalized is in no container any more, and lets go of its subregions. Upstream from 2013 to 10.1.
 */
export const alwaysReferences: SubregionDesign = {
  added: (container, subregion) => regionReference(subregion, container),
  removed: (container, subregion) => regionUnreference(subregion, container),
  finalize: finalizeOutsideContainers,
};

/** memory_region_finalize until 10.1. */
export function* finalizeOutsideContainers(region: MemoryRegion): Routine {
  const { memory } = region;
  const { container, subregions } = yield* region.layout.read();
  memory.sim.assert(
    container === undefined,
    `memory_region_finalize: ${region.name} still is in a container`,
  );
  yield* region.change({ enabled: false });
  yield* transactionBegin(memory);
  for (const subregion of subregions) yield* delSubregion(region, subregion);
  yield* transactionCommit(memory, false, undefined);
}
