import type { MemoryDesign } from '../../memory/design.js';
import { upstream2015 } from '../dispatch/upstream-2015.js';

/**
 * Against Q2: what the guest sees is kept alive by a reference on the region itself, as management takes it, and not on its owner. The
 * region is an object in place, and a reference on it keeps no memory.
 */
export const regionHeld: MemoryDesign = {
  ...upstream2015,
  name: 'region-held',
  viewHolds: ({ object }) => object,
};
