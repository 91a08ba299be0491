import type { Block, Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';
import type { Access, Outcome } from './access.js';
import type { AddressSpace } from './address-space.js';
import type { FlatRange } from './flat-view.js';
import type { Memory } from './memory.js';
import type { MemoryPast } from './past.js';
import type { MemoryRegion, RegionOps } from './region.js';
import type { SharedState } from './shared-state.js';

/** A lock that a property can see, while it is there and when it is gone. */
export interface CallbackLock {
  readonly name: string;
  /** The thread that holds it: a peek. */
  readonly holder: string | undefined;
}

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
  /** Whether devices may be entered again while a callback of them runs, as before upstream commit a2e1753b80 (default false). */
  readonly unguarded?: boolean;
  /** What is not as it is at the head. */
  readonly past?: Partial<MemoryPast>;
  /** Types of objects that the answer brings along. */
  readonly types?: readonly TypeInfo[];
  /** When a region is made: what the answer adds to it. */
  readonly made: (region: MemoryRegion) => Routine;
  /** What a published view keeps alive for each of its ranges. */
  readonly viewHolds: (region: MemoryRegion) => QomObject | undefined;
  /** From the look-up of an address to the end of the callback: what is held meanwhile, and for how long. */
  readonly dispatch: (space: AddressSpace, access: Access, reach: Reach) => Routine<Outcome>;
  /** Where dispatch finds the callbacks of what it found; nothing: there are none. */
  readonly ops: (range: FlatRange) => Routine<RegionOps | undefined>;
  /** The lock around a callback, or whatever else is between dispatch and the callback. */
  readonly callback: (region: MemoryRegion, run: () => Routine<Outcome>) => Routine<Outcome>;
  /** The lock that callbacks of a region run under, if it is not the big lock: for properties to look at. */
  readonly callbackLock?: (region: MemoryRegion) => CallbackLock | undefined;
  /**
   * What is around taking a region out of its container.
   *
   * @param remove - takes it out; the map is published before it returns, unless there is a transaction around it
   */
  readonly removal: (region: MemoryRegion, remove: () => Routine) => Routine;
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
  /**
   * The end of a view that nobody shows any more.
   *
   * @param destroy - gives up what it holds, and its memory
   */
  readonly reclaim: (memory: Memory, destroy: () => Routine) => Routine;
  /** Lays out what callbacks read of a device and others change, as part of the device. */
  readonly shared: (block: Block, name: string) => SharedState;
  readonly subregions: SubregionDesign;
}
