import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { SubregionDesign } from '../../memory/design.js';
import { alwaysReferences } from './always-references.js';

/**
 * M1 as it was until 2015: an alias references the owner of its target as well, also its own owner. A virtio device that was unplugged
 * then stayed for ever (commit 52c91dac6b).
 */
export const aliasReferences: SubregionDesign = {
  ...alwaysReferences,
  *aliased(region, target) {
    yield* regionReference(target, region);
  },
  *finalize(region) {
    yield* alwaysReferences.finalize(region);
    if (region.alias !== undefined) yield* regionUnreference(region.alias.target, region);
  },
};
