import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { SubregionDesign } from '../../memory/design.js';
import { delSubregion } from '../../memory/region-tree.js';
import { transactionBegin, transactionCommit } from '../../memory/transaction.js';

/**
 * M2. Upstream since 10.2 (commit ac7a892fd3): a container references the owner of a subregion unless that is its own owner as well, and a
 * region that is finalized leaves its container and lets go of its subregions. Proposed by Peter Xu.
 */
export const byOwner: SubregionDesign = {
  *added(container, subregion) {
    if (container.owner !== subregion.owner) yield* regionReference(subregion, container);
  },
  *removed(container, subregion) {
    if (container.owner !== subregion.owner) yield* regionUnreference(subregion, container);
  },
  *finalize(region) {
    const { memory } = region;
    yield* region.change({ enabled: false });
    yield* transactionBegin(memory);
    const { container, subregions } = yield* region.layout.read();
    if (container !== undefined) {
      memory.sim.assert(
        container.owner === region.owner,
        `memory_region_finalize: ${region.name} still is in a container of another owner`,
      );
      yield* delSubregion(container, region);
    }
    for (const subregion of subregions) yield* delSubregion(region, subregion);
    yield* transactionCommit(memory, false, undefined);
  },
};
