import type { Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { deviceReference } from './device-reference.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D10. Regions bring functions to reference and unreference whatever has to stay (MemoryRegionOps::ref, unref): while the count is not
 * zero the opaque may be used and the region is stable. Avi Kivity's last preference in 2012, which knows nothing of objects. That a
 * callback may still run after its region was taken out is part of it.
 */
export const regionOperations: MemoryDesign = {
  ...deviceReference,
  name: 'region-operations',
  dispatch: (space, access, reach) => dispatchHolding(space, access, reach, count, uncount),
};

/** Finds the function in the region, and counts what that says: the device, or what the region is part of on the heap. */
function* count({ region }: FlatRange): Routine<boolean> {
  yield* region.ops.read();
  if (region.counted !== undefined) yield* reference(region.counted);
  return true;
}

/** Finds the function in the region, which is still there for it. */
function* uncount({ region }: FlatRange): Routine {
  yield* region.ops.read();
  if (region.counted !== undefined) yield* unreference(region.counted);
}
