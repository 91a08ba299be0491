import type { SubregionDesign } from '../../memory/design.js';
import { unparent } from '../../qom/child.js';
import { finalizeOutsideContainers } from './always-references.js';
import { byOwner } from './by-owner.js';

/**
 * M4. A region that is finalized while it is in a container unparents the container, which is to let go of it. References are as in M2.
 * Discussed by Akihiko Odaki as the consequence of letting unparent alone break up regions.
 */
export const unparentContainer: SubregionDesign = {
  ...byOwner,
  *finalize(region) {
    const { container } = yield* region.layout.read();
    if (container !== undefined) yield* unparent(container.object);
    yield* finalizeOutsideContainers(region);
  },
};
