import type { MemoryDesign } from '../../memory/design.js';
import { head } from './head.js';

/**
 * D4. Nothing is counted: a region without the big lock is there for ever, and only those under it can be taken out. What Jan Kiszka's
 * prototype of 2012 enforced, as a first step; what upstream's regions without the big lock come to, which are part of devices that
 * stay (HPET, ACPI timer).
 */
export const permanentRegions: MemoryDesign = {
  ...head,
  name: 'permanent-regions',
  lockless: true,
  viewHolds: () => undefined,
  *removal(region, remove) {
    const { name, lockless, memory } = region;
    const why = 'called without the big lock, so that it may never leave the map';
    memory.sim.assert(!lockless, `memory_region_del_subregion: ${name} is ${why}`);
    yield* remove();
  },
};
