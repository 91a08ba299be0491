import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { Access, Outcome } from './access.js';
import type { AddressSpace } from './address-space.js';
import type { FlatRange } from './flat-view.js';
import type { Memory } from './memory.js';
import type { MemoryRegion } from './region.js';

/** What is called with what was found at an address. */
export type Reach = (range: FlatRange, access: Access) => Routine<Outcome>;

/** An answer to: what do containers hold of their subregions, and what does a region do when it is finalized? */
export interface SubregionDesign {
  /** In memory_region_add_subregion, before the region is in the list. */
  readonly added: (container: MemoryRegion, subregion: MemoryRegion) => Routine;
  /** In memory_region_del_subregion, after it has left the list and before the map changes. */
  readonly removed: (container: MemoryRegion, subregion: MemoryRegion) => Routine;
  /** In memory_region_init_alias; absent: an alias holds nothing. */
  readonly aliased?: (alias: MemoryRegion, target: MemoryRegion) => Routine;
  /** memory_region_finalize */
  readonly finalize: (region: MemoryRegion) => Routine;
}

/**
 * An answer to: what keeps a device alive while the guest is in one of its callbacks, and what do those who change the map wait for?
 * All that the answers differ in.
 */
export interface MemoryDesign {
  readonly name: string;
  /** Whether devices that can do without the big lock in their callbacks do: the setting of the debate of 2012. */
  readonly lockless: boolean;
  /** What a published view keeps alive for each of its ranges. */
  readonly viewHolds: (region: MemoryRegion) => QomObject | undefined;
  /** From the look-up of an address to the end of the callback: what is held meanwhile, and for how long. */
  readonly dispatch: (space: AddressSpace, access: Access, reach: Reach) => Routine<Outcome>;
  /** The lock around a callback. */
  readonly callback: <T>(region: MemoryRegion, run: () => Routine<T>) => Routine<T>;
  /** Before a region is taken out of its container. */
  readonly removing: (region: MemoryRegion) => Routine;
  /**
   * The end of the outermost transaction: when the new map is published, and what is waited for then.
   *
   * @param rebuild - renders and publishes
   */
  readonly publish: (
    memory: Memory,
    changed: readonly MemoryRegion[],
    rebuild: () => Routine,
  ) => Routine;
  readonly subregions: SubregionDesign;
}
