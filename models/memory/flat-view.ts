import type { Block, Plain, Refcount, Routine } from '../../src/index.js';
import { reference, unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import type { Memory } from './memory.js';
import type { MemoryRegion, RegionOps } from './region.js';

/** A piece of an address space in which one region is seen. Upstream: include/system/memory.h:struct FlatRange. */
export interface FlatRange {
  readonly region: MemoryRegion;
  readonly start: number;
  readonly size: number;
  /** Where in the region it begins. */
  readonly offset: number;
  /** What its callbacks were when the view was made. */
  readonly ops: RegionOps;
  /** What the view keeps alive for it. */
  readonly held?: QomObject | undefined;
}

/**
 * What a guest sees of an address space: never changed once it is published, and freed after a grace period.
 *
 * Upstream: include/system/memory.h:struct FlatView.
 */
export class FlatView {
  readonly ref: Refcount;
  readonly memory: Memory;
  private readonly block: Block;
  private readonly ranges: Plain<readonly FlatRange[]>;
  /** The ranges once more, for properties to look at: a view never changes. */
  readonly shows: readonly FlatRange[];
  /** Whose owners the view references: the regions of its ranges, and the one that it was rendered from. */
  private readonly regions: ReadonlySet<MemoryRegion>;
  /** What the view keeps alive, an object as often as it is held. */
  private readonly held: readonly QomObject[];

  private constructor(
    memory: Memory,
    block: Block,
    root: MemoryRegion | undefined,
    ranges: readonly FlatRange[],
    held: readonly QomObject[],
  ) {
    this.memory = memory;
    this.block = block;
    this.ref = block.refcount('ref', 1);
    this.ranges = block.plain('ranges', ranges);
    this.shows = ranges;
    const regions = [...(root ? [root] : []), ...ranges.map(({ region }) => region)];
    const { viewHolds } = memory.design;
    this.regions = new Set(regions.filter((region) => viewHolds(region) === region.owner));
    this.held = held;
  }

  /** What traces call it. */
  get name(): string {
    return this.block.name;
  }

  /** flatview_new, flatview_insert: holds what the design says, with one reference on itself. */
  static *make(
    memory: Memory,
    name: string,
    root: MemoryRegion | undefined,
    ranges: readonly FlatRange[],
  ): Routine<FlatView> {
    const block = yield* memory.sim.alloc(name);
    const { viewHolds } = memory.design;
    const holding = ranges.map((range) => ({ ...range, held: viewHolds(range.region) }));
    const held = [root && viewHolds(root), ...holding.map((range) => range.held)];
    const view = new FlatView(
      memory,
      block,
      root,
      holding,
      held.filter((object) => object !== undefined),
    );
    for (const object of view.held) yield* reference(object, view);
    return view;
  }

  /** flatview_translate: what is at an address. */
  *find(address: number): Routine<FlatRange | undefined> {
    const ranges = yield* this.ranges.read();
    return ranges.find(({ start, size }) => address >= start && address < start + size);
  }

  /** flatview_unref: the last one frees the view, upstream after a grace period. */
  *unreference(): Routine {
    if (yield* this.ref.put('flatview_unref'))
      yield* this.memory.design.reclaim(this.memory, () => this.destroy());
  }

  /**
   * flatview_destroy, memory_region_unref: in the RCU thread under the big lock, where devices may be finalized by it. Whose reference is
   * to be dropped is read from each region, so that a region's memory has to be there as long as a view shows it.
   */
  private *destroy(): Routine {
    this.memory.sim.log(`flatview_destroy ${this.block.name}`);
    for (const { ownerPointer } of this.regions) yield* ownerPointer.read();
    for (const object of this.held) yield* unreference(object, this);
    yield* this.memory.sim.free(this.block);
  }
}
