import type { SubregionDesign } from '../../memory/design.js';
import { unparent } from '../../qom/child.js';
import { finalizeOutsideContainers } from './always-references.js';
import { byOwner } from './by-owner.js';

/**
 * M4. A region that is finalized while it is in a container unparents the container, which is to let go of it. References are as in M2.
 * Akihiko Odaki warned of it: a device that then unparents the container as well would finalize it twice. Peter Xu's answer is M2.
 */
export const unparentContainer: SubregionDesign = {
  ...byOwner,
  *finalize(region) {
    const { container } = yield* region.layout.read();
    if (container !== undefined) yield* unparent(container.object);
    yield* finalizeOutsideContainers(region);
  },
};
