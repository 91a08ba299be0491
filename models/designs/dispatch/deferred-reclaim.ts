import type { MemoryDesign } from '../../memory/design.js';
import { head } from './head.js';

/**
 * D13. The read section spans the whole callback, which runs without the big lock; what was taken out of the map is freed after a
 * grace period, and nobody waits. Upstream's answer since 2015 (commits 374f2981d1, 79e2b9aecc, de7ea885c5), here with the callbacks
 * of the debate.
 */
export const deferredReclaim: MemoryDesign = { ...head, name: 'deferred-reclaim', lockless: true };
