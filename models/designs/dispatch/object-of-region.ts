import type { MemoryDesign } from '../../memory/design.js';
import { objectOfOpaque } from './object-of-opaque.js';

/**
 * D9. As D8, but the function is given the region, in which it finds the device by its place (container_of): no opaque is needed. Argued by
 * Avi Kivity, 2012. It reads no more than D8 does, so it cannot behave otherwise.
 */
export const objectOfRegion: MemoryDesign = { ...objectOfOpaque, name: 'object-of-region' };
