import type { Block, Plain, Routine } from '../../src/index.js';
import { canonicalPath } from '../qom/canonical-path.js';
import { addChild } from '../qom/child.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectInitialize, objectNew } from '../qom/object-new.js';
import type { Property } from '../qom/property.js';
import { valueProperty } from '../qom/property-access.js';
import type { TypeInfo } from '../qom/type-info.js';
import { integerShape, type Shape, stringShape } from '../qom/visitors/shape.js';
import type { Memory } from './memory.js';

/** What the guest's accesses of a region run. Upstream: include/system/memory.h:struct MemoryRegionOps. */
export interface RegionOps {
  /** Absent: reads as zero. */
  readonly read?: (offset: number, size: number) => Routine<number>;
  /** Absent: writes are ignored. */
  readonly write?: (offset: number, value: number, size: number) => Routine;
  /** The largest access that the callbacks take, in bytes (default 4): larger ones are split. */
  readonly maxAccess?: number;
}

/** Another region of which this one shows a part. */
export interface Alias {
  readonly target: MemoryRegion;
  /** Where in the target it begins. */
  readonly offset: number;
}

/** What is said of a region when it is made. */
export interface RegionOptions {
  readonly name: string;
  readonly size: number;
  /** Whom references on the region keep alive; absent: nobody, the region is there for ever. */
  readonly owner?: QomObject;
  /** Absent: a container, or an alias. */
  readonly ops?: RegionOps;
  readonly alias?: Alias;
  /** The object behind upstream's `opaque`, if it is not the owner: what the callbacks work on. */
  readonly opaque?: QomObject;
  /** What the region's own functions count, as was proposed in 2012 (MemoryRegionOps::ref), if that is not the owner. */
  readonly counted?: QomObject;
  /** memory_region_enable_lockless_io: callbacks run without the big lock, and without the re-entrancy guard. */
  readonly lockless?: boolean;
  /** disable_reentrancy_guard */
  readonly unguarded?: boolean;
  /** The object of which the region is a child, if it is not the owner. */
  readonly parent?: QomObject;
}

/** Where a region is: all of it protected by the big lock, and read by whoever renders the map. */
export interface Layout {
  /** Points up, and holds nothing. */
  readonly container: MemoryRegion | undefined;
  /** The highest priority first, and among equals the newest. */
  readonly subregions: readonly MemoryRegion[];
  readonly address: number;
  readonly size: number;
  readonly priority: number;
  readonly enabled: boolean;
}

/** A region of memory: an object in place in its owner. Upstream: include/system/memory.h:struct MemoryRegion. */
export class MemoryRegion {
  readonly memory: Memory;
  readonly object: QomObject;
  readonly owner: QomObject | undefined;
  /** The same, as memory of the region that is read by who has no more than a pointer to the region. */
  readonly ownerPointer: Plain<QomObject | undefined>;
  /** What the callbacks work on. */
  readonly opaque: QomObject | undefined;
  /** What the region's own functions count, for designs that have such. */
  readonly counted: QomObject | undefined;
  readonly alias: Alias | undefined;
  readonly lockless: boolean;
  readonly guarded: boolean;
  readonly layout: Plain<Layout>;
  /** Read by every dispatch without a lock; written while the region is in no map. */
  readonly ops: Plain<RegionOps | undefined>;

  constructor(memory: Memory, object: QomObject, options: RegionOptions) {
    const { instance } = object;
    this.memory = memory;
    this.object = object;
    this.owner = options.owner;
    this.ownerPointer = object.block.plain('owner', options.owner);
    this.opaque = options.opaque ?? options.owner;
    this.counted = options.counted ?? options.owner;
    this.alias = options.alias;
    this.lockless = options.lockless ?? false;
    this.guarded = !this.lockless && !(options.unguarded ?? memory.design.unguarded ?? false);
    this.layout = instance.plain<Layout>('layout', {
      container: undefined,
      subregions: [],
      address: 0,
      size: options.size,
      priority: 0,
      enabled: true,
    });
    this.ops = instance.plain('ops', options.ops);
  }

  /** What traces call it. */
  get name(): string {
    return this.object.name;
  }

  /** Changes the layout; the caller holds the big lock. */
  *change(part: Partial<Layout>): Routine {
    yield* this.layout.write({ ...(yield* this.layout.read()), ...part });
  }
}

interface RegionFields {
  region: MemoryRegion | undefined;
}

/** What is shown of a region: nothing, of one that was only made to be looked at. */
function shown<T>(
  name: string,
  type: string,
  visit: Shape<T>,
  of: (layout: Layout | undefined) => Routine<T>,
): Property {
  const property = valueProperty({
    name,
    type,
    visit,
    *read(object) {
      return yield* of(yield* object.as(regionType).region?.layout.read() ?? noLayout());
    },
  });
  return { ...property, ofInstances: true };
}

function* noLayout(): Routine<undefined> {
  return undefined;
}

const regionProperties: readonly Property[] = [
  shown('container', 'link<memory-region>', stringShape, function* (layout) {
    const { container } = layout ?? {};
    return container === undefined ? '' : ((yield* canonicalPath(container.object)) ?? '');
  }),
  shown('addr', 'uint64', integerShape(64, false), function* (layout) {
    return layout?.address ?? 0;
  }),
  shown('size', 'uint64', integerShape(64, false), function* (layout) {
    return layout?.size ?? 0;
  }),
  shown('priority', 'uint32', integerShape(32, true), function* (layout) {
    return layout?.priority ?? 0;
  }),
];

/** Upstream: system/memory.c:memory_region_info, memory_region_initfn. */
export const regionType: TypeInfo<RegionFields> = {
  name: 'memory-region',
  parent: 'object',
  fields: () => ({ region: undefined }),
  classProperties: regionProperties,
  *instanceFinalize(object) {
    const { region } = object.as(regionType);
    if (region === undefined) return;
    region.memory.sim.log(`memory_region_finalize ${region.name}`);
    yield* region.memory.design.subregions.finalize(region);
  },
  *releaseMatters(object) {
    const { region } = object.as(regionType);
    if (region === undefined) return false;
    const { container, subregions } = yield* region.layout.read();
    return container !== undefined || subregions.length > 0;
  },
};

/**
 * memory_region_init, memory_region_init_io, memory_region_init_alias: the region becomes a child of its owner and the reference of
 * its creation is dropped, so that the property holds the only one.
 *
 * @param place - the memory in the structure that embeds the region; absent: a heap block of its own
 */
export function* regionInit(
  memory: Memory,
  place: Block | undefined,
  options: RegionOptions,
): Routine<MemoryRegion> {
  const { qom } = memory.machine;
  const type = regionType.name;
  const object = yield* place === undefined
    ? objectNew(qom, type, options.name)
    : objectInitialize(qom, place, type);
  const region = new MemoryRegion(memory, object, options);
  object.as(regionType).region = region;
  const parent = options.parent ?? options.owner;
  if (parent !== undefined) {
    yield* addChild(parent, `${options.name}[*]`, object);
    yield* unreference(object);
  }
  yield* memory.design.made(region);
  const { aliased } = memory.design.subregions;
  if (aliased !== undefined && region.alias !== undefined) {
    yield* aliased(region, region.alias.target);
  }
  return region;
}
