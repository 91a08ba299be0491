import type { MemoryDesign } from '../../memory/design.js';
import { head } from './head.js';

/**
 * Upstream since commits 374f2981d1, 79e2b9aecc and de7ea885c5 of 2015: as at the head, but for the guard against re-entry, which came in 2023
 * (a2e1753b80).
 */
export const upstream2015: MemoryDesign = { ...head, name: 'upstream-2015', unguarded: true };
