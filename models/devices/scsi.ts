import type { Block, Plain, Routine } from '../../src/index.js';
import { busInitInPlace } from '../qdev/bus.js';
import { eachBusChild } from '../qdev/bus-children.js';
import type { BusTypeInfo, DeviceTypeInfo } from '../qdev/device-type.js';
import { type HotplugHandlerTypeInfo, setHotplugHandler } from '../qdev/hotplug.js';
import { busState, deviceState } from '../qdev/state.js';
import { simpleUnplug } from '../qdev/unplug.js';
import { reference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';

/** A bus that is its own hot-plug handler: devices go at once. Upstream: hw/scsi/scsi-bus.c:scsi_bus_info. */
export const scsiBusType: BusTypeInfo & HotplugHandlerTypeInfo = {
  name: 'SCSI',
  parent: 'bus',
  hotplugHandler: { unplug: simpleUnplug },
};

/** A controller with its bus in place. Upstream: hw/scsi/virtio-scsi.c, without virtio. */
export const scsiControllerType: DeviceTypeInfo<{ readonly bus: Block }> = {
  name: 'scsi-hba',
  parent: 'device',
  busType: 'System',
  fields: (block) => ({ bus: block.embed('scsi.0') }),
  *instanceInit(device) {
    const { bus: memory } = device.as(scsiControllerType);
    const bus = yield* busInitInPlace(device, memory, scsiBusType.name, 'scsi.0');
    yield* setHotplugHandler(bus, bus);
  },
};

/** Upstream: hw/scsi/scsi-disk.c. Its size is found out when it is realized, and read by every request. */
export const scsiDiskType: DeviceTypeInfo<{ readonly blocks: Plain<number> }> = {
  name: 'scsi-hd',
  parent: 'device',
  busType: scsiBusType.name,
  fields: (block) => ({ blocks: block.plain('blocks', 0) }),
  *realize(disk) {
    yield* disk.as(scsiDiskType).blocks.write(1);
  },
};

/** How a thread without the big lock makes sure of what it finds on a bus. */
export interface Lookup {
  /** It looks inside a read section. */
  readonly section: boolean;
  /** It takes a reference there, which is its caller's. */
  readonly reference: boolean;
}

/**
 * Looks for a device on a bus, in an I/O thread that does not hold the big lock; one that is not realized is not there.
 *
 * Upstream: hw/scsi/scsi-bus.c:scsi_device_get, which does both; scsi_device_find did neither before upstream commit 2d24a64661.
 */
export function* scsiDeviceGet(
  bus: QomObject,
  lookup: Lookup = { section: true, reference: true },
): Routine<QomObject | undefined> {
  const { rcu } = busState(bus).qdev.machine.callRcu;
  let found: QomObject | undefined;
  if (lookup.section) yield* rcu.readLock();
  yield* eachBusChild(bus, function* (device) {
    if (!(yield* deviceState(device).realized.look())) return false;
    found = device;
    if (lookup.reference) yield* reference(device);
    return true;
  });
  if (lookup.section) yield* rcu.readUnlock();
  return found;
}

/** What a request reads of its disk. */
export function* scsiReadCapacity(disk: QomObject): Routine<number> {
  return yield* disk.as(scsiDiskType).blocks.read();
}
