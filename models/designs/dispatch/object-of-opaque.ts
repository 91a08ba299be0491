import type { Routine } from '../../../src/index.js';
import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { deviceReference } from './device-reference.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D8. Dispatch asks the region's callbacks which object to reference (MemoryRegionOps::object), so that a region's opaque need not be an
 * object. Argued by Avi Kivity and Liu Ping Fan, 2012. As D3, but the region itself is read before anything is held, which only
 * shows while its callbacks are changed.
 */
export const objectOfOpaque: MemoryDesign = {
  ...deviceReference,
  name: 'object-of-opaque',
  dispatch: (space, access, reach) =>
    dispatchHolding(space, access, reach, askedReference, ({ region }) =>
      regionUnreference(region),
    ),
};

/** Finds the function in the region, and references what it names. */
function* askedReference({ region }: FlatRange): Routine<boolean> {
  yield* region.ops.read();
  yield* regionReference(region);
  return true;
}
