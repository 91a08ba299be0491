import type { Routine } from '../../../src/index.js';
import { regionUnreference } from '../../memory/address-space.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { deviceReference } from './device-reference.js';
import { askedReference } from './object-of-opaque.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D10. Regions bring functions to reference and unreference whatever has to stay (MemoryRegionOps::ref, unref): while the count is not
 * zero the opaque may be used and the region is stable. Avi Kivity's last preference in 2012, which knows nothing of objects. That a
 * callback may still run after its region was taken out is part of it.
 */
export const regionOperations: MemoryDesign = {
  ...deviceReference,
  name: 'region-operations',
  dispatch: (space, access, reach) =>
    dispatchHolding(space, access, reach, askedReference, unreferenceAsked),
};

/** Finds the function in the region, which is still there for it. */
function* unreferenceAsked({ region }: FlatRange): Routine {
  yield* region.ops.read();
  yield* regionUnreference(region);
}
