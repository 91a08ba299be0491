import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { MemoryDesign } from '../../memory/design.js';
import { byOwner } from '../subregions/by-owner.js';
import { impliedFlush } from './implied-flush.js';

/**
 * D23. Devices do it themselves: a reference on the device before its region is put into the map, dropped after the region was taken out,
 * which waits as in D12. Written down by Avi Kivity, 2012, who did not believe in it: it is too simple. It cannot be told from D12
 * here, because a container references the owner of what is in it, as upstream's do since 2013: whoever is mapped is held already.
 */
export const ownerOutside: MemoryDesign = {
  ...impliedFlush,
  name: 'owner-outside',
  *removal(region, remove) {
    yield* remove();
    yield* regionUnreference(region);
  },
  subregions: {
    ...byOwner,
    *added(container, region) {
      yield* regionReference(region);
      yield* byOwner.added(container, region);
    },
  },
};
