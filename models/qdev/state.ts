import type { Atomic, Block, Plain } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';
import type { Qdev } from './qdev.js';
import { type RealizedFlag, realizedFlag } from './realized-flag.js';

/**
 * What a device has beyond the object. All of it is protected by the big lock, except where another way is named.
 *
 * Upstream: include/hw/qdev-core.h:struct DeviceState.
 */
export interface DeviceState {
  /** The machine's devices, as functions of a device need them. */
  readonly qdev: Qdev;
  /** Its place under `/machine/peripheral`; the user's devices have one. */
  readonly id: Plain<string | undefined>;
  /** Where it was when it was realized: what the event says when it is gone. */
  readonly canonicalPath: Plain<string | undefined>;
  /** Read without the big lock as well. */
  readonly realized: RealizedFlag;
  /** Whether the end of the device is to be told: it was realized, and is unrealized, or the guest was asked to let it go. */
  readonly pendingDeletedEvent: Plain<boolean>;
  /** Whether it came when the machine was running already. */
  readonly hotplugged: Plain<boolean>;
  /** Holds a reference. */
  readonly parentBus: Plain<QomObject | undefined>;
  /** Newest first. They are children in the composition tree, which holds them. */
  readonly childBuses: Plain<readonly QomObject[]>;
  /** The re-entrancy guard: set while a callback of one of its regions runs. */
  readonly engagedInIo: Plain<boolean>;
}

export function deviceFields(block: Block, qdev: Qdev): DeviceState {
  return {
    qdev,
    id: block.plain<string | undefined>('id', undefined),
    canonicalPath: block.plain<string | undefined>('canonical_path', undefined),
    realized: realizedFlag(qdev.sim, block, qdev.design.realizedFlag),
    pendingDeletedEvent: block.plain('pending_deleted_event', false),
    hotplugged: block.plain('hotplugged', false),
    parentBus: block.plain<QomObject | undefined>('parent_bus', undefined),
    childBuses: block.plain<readonly QomObject[]>('child_bus', []),
    engagedInIo: block.plain('engaged_in_io', false),
  };
}

/** Names the type of all devices; {@link Qdev} registers it, with its hooks. Upstream: hw/core/qdev.c:device_type_info. */
export const deviceType: TypeInfo<DeviceState> = {
  name: 'device',
  parent: 'object',
  abstract: true,
};

/** DEVICE() */
export function deviceState(object: QomObject): DeviceState {
  return object.as(deviceType);
}

/** What a bus has beyond the object. Upstream: include/hw/qdev-core.h:struct BusState. */
export interface BusState {
  readonly qdev: Qdev;
  readonly place: Plain<BusPlace>;
  /** The head of the list of what is on the bus, newest first: read without the big lock as well. */
  readonly children: Atomic<BusChild | undefined>;
  readonly counts: Plain<BusCounts>;
  readonly realized: Plain<boolean>;
  /** Holds no reference. */
  readonly hotplugHandler: Plain<QomObject | undefined>;
}

/** Upstream: BusState's parent and name. */
export interface BusPlace {
  /** The device that the bus is part of; only the main system bus has none. Holds no reference, unless the design says so. */
  readonly device: QomObject | undefined;
  /** What the user calls it. */
  readonly name: string;
}

/** Upstream: BusState's num_children and max_index, which change together. */
export interface BusCounts {
  readonly children: number;
  /** The number of the next `child[i]`. */
  readonly maxIndex: number;
}

/** An entry in the list of a bus: memory of its own. Upstream: include/hw/qdev-core.h:struct BusChild. */
export interface BusChild {
  readonly block: Block;
  /** The `i` of `child[i]`. */
  readonly index: number;
  /** Holds a reference. */
  readonly child: Plain<QomObject>;
  readonly next: Atomic<BusChild | undefined>;
}

export function busFields(block: Block, qdev: Qdev): BusState {
  return {
    qdev,
    place: block.plain<BusPlace>('place', { device: undefined, name: 'main-system-bus' }),
    children: block.atomic<BusChild | undefined>('children', undefined),
    counts: block.plain<BusCounts>('counts', { children: 0, maxIndex: 0 }),
    realized: block.plain('realized', false),
    hotplugHandler: block.plain<QomObject | undefined>('hotplug_handler', undefined),
  };
}

/** Names the type of all buses; {@link Qdev} registers it. Upstream: hw/core/bus.c:bus_info. */
export const busType: TypeInfo<BusState> = { name: 'bus', parent: 'object', abstract: true };

/** BUS() */
export function busState(object: QomObject): BusState {
  return object.as(busType);
}
