import type { Block, Routine } from '../../src/index.js';
import { addChild, unparent } from '../qom/child.js';
import { reference, unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectNew } from '../qom/object-new.js';
import type { TypeInfo } from '../qom/type-info.js';
import type { Memory } from './memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from './region.js';
import { addSubregion, delSubregion } from './region-tree.js';

/** Ports of a device that are not one region: each piece is a region on the heap. Upstream: struct PortioList. */
export interface PortioList {
  readonly owner: QomObject;
  readonly container: MemoryRegion;
  readonly regions: readonly MemoryRegion[];
}

interface HolderFields {
  readonly place: Block;
  region: MemoryRegion | undefined;
}

/**
 * What owns a region of a list since upstream commit 690705ca0b: a heap object that embeds it, so that a view that shows the region
 * keeps its memory. Its instance_finalize drops a reference on the region, also when none was ever made: introspection by a temporary
 * object dies of that.
 */
export const portioOwnerType: TypeInfo<HolderFields> = {
  name: 'memory-region-portio-list',
  parent: 'object',
  fields: (block) => ({ place: block.embed('mr'), region: undefined }),
  *instanceFinalize(object) {
    const { region } = object.as(portioOwnerType);
    if (region === undefined) return object.qom.sim.fail('object_unref: of a region never made');
    yield* unreference(region.object);
  },
};

/** Makes the type known. */
export function registerPortio(memory: Memory): void {
  memory.machine.qom.types.register(portioOwnerType);
}

/** A piece of a list. */
export interface Ports {
  readonly address: number;
  readonly size: number;
  readonly ops: RegionOps;
}

/** Whose the regions of a list are: an object of their own, or the device (until commit 690705ca0b, 2023). */
export type PortioOwner = 'an object of their own' | 'the device';

/** portio_list_init, portio_list_add: makes the regions and puts them into the container. */
export function* portioListAdd(
  container: MemoryRegion,
  owner: QomObject,
  pieces: readonly Ports[],
  whose: PortioOwner = 'an object of their own',
): Routine<PortioList> {
  const regions: MemoryRegion[] = [];
  for (const piece of pieces) {
    const region = yield* addPorts(container.memory, owner, piece, whose);
    yield* addSubregion(container, region, piece.address);
    regions.push(region);
  }
  return { owner, container, regions };
}

function* addPorts(
  memory: Memory,
  device: QomObject,
  { address, size, ops }: Ports,
  whose: PortioOwner,
): Routine<MemoryRegion> {
  const name = `${device.name} port ${address.toString(16)}`;
  if (whose === 'the device') {
    return yield* regionInit(memory, undefined, { name, size, owner: device, ops });
  }
  const holder = yield* objectNew(memory.machine.qom, portioOwnerType.name, `list of ${name}`);
  const fields = holder.as(portioOwnerType);
  const region = yield* regionInit(memory, fields.place, { name, size, owner: holder, ops });
  fields.region = region;
  // Born under its owner, then moved under the device, with a reference that instance_finalize of the owner drops.
  yield* reference(region.object);
  yield* unparent(region.object);
  yield* addChild(device, name, region.object);
  return region;
}

/** portio_list_del: out of the map. */
export function* portioListDel({ container, regions }: PortioList): Routine {
  for (const region of regions) yield* delSubregion(container, region);
}

/** portio_list_destroy: gives the regions up; views may still show them. */
export function* portioListDestroy({ owner, regions }: PortioList): Routine {
  for (const region of regions) {
    yield* unparent(region.object);
    if (region.owner !== undefined && region.owner !== owner) yield* unreference(region.owner);
  }
}
