import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { SubregionDesign } from '../../memory/design.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { finalizeOutsideContainers } from './always-references.js';

/**
 * M3. A container references the subregion itself where both have one owner, and else the subregion's owner. Proposed by Akihiko Odaki;
 * Peter Xu's objection: the count of a region then means two things.
 */
export const objectReference: SubregionDesign = {
  *added(container, subregion) {
    if (container.owner === subregion.owner) yield* reference(subregion.object, container);
    else yield* regionReference(subregion, container);
  },
  *removed(container, subregion) {
    if (container.owner === subregion.owner) yield* unreference(subregion.object, container);
    else yield* regionUnreference(subregion, container);
  },
  finalize: finalizeOutsideContainers,
};
