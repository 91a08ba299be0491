import type { MemoryDesign } from '../../memory/design.js';
import { opaqueReference } from './opaque-reference.js';

/**
 * D1. As D2, on a board whose buses in place reference the device that they are part of. Liu Ping Fan's patch of 2012; the cycle is cut
 * where the device is unparented.
 */
export const busReferencesDevice: MemoryDesign = {
  ...opaqueReference,
  name: 'bus-references-device',
};
