import type { Routine } from '../../../src/index.js';
import { regionReference, regionUnreference } from '../../memory/address-space.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { FlatRange } from '../../memory/flat-view.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';

/**
 * D3. Dispatch references the device that contains the region, during each callback; the map holds nothing. Argued by Paolo Bonzini and
 * Avi Kivity in 2012: what was named at the region's making is what is to be kept. The last reference may be dropped by the
 * virtual CPU, which then finalizes the device without the big lock.
 */
export const deviceReference: MemoryDesign = {
  ...head,
  name: 'device-reference',
  lockless: true,
  viewHolds: () => undefined,
  dispatch: (space, access, reach) =>
    dispatchHolding(space, access, reach, acquire, ({ region }) => regionUnreference(region)),
};

function* acquire({ region }: FlatRange): Routine<boolean> {
  yield* regionReference(region);
  return true;
}
