import { describe, expect, it } from 'vitest';
import {
  busNew,
  busState,
  type DeviceTypeInfo,
  deviceState,
  objectNew,
  type QdevDesign,
  type QomObject,
  qmpDeviceAdd,
  qmpDeviceDel,
  reference,
  resolvePathComponent,
  unparent,
  unreference,
  walkBusChildren,
} from '../../../models/index.js';
import type { Plain, Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench, references } from './support.js';

/** A disk with a register that is there when the disk is realized. */
const tapeType: DeviceTypeInfo<{ readonly register: Plain<number> }> = {
  name: 'tape',
  parent: 'disk',
  fields: (block) => ({ register: block.plain('register', 0) }),
  *realize(device) {
    yield* device.as(tapeType).register.write(1);
  },
};

/** How a thread without the big lock looks for a device on a bus. */
interface Search {
  /** Whether it walks in a read section. */
  readonly section: boolean;
  /** Whether it takes a reference, as upstream's scsi_device_get. */
  readonly reference: boolean;
}

/** Looks for a realized device and uses it. Upstream: hw/scsi/scsi-bus.c:scsi_device_get, in an I/O thread. */
function* searchAndUse(bus: QomObject, { section, reference: take }: Search): Routine {
  const { rcu } = busState(bus).qdev.machine.callRcu;
  let found: QomObject | undefined;
  if (section) yield* rcu.readLock();
  yield* eachRealized(bus, function* (device) {
    found = device;
    if (take) yield* reference(device);
  });
  if (section) yield* rcu.readUnlock();
  if (found === undefined) return;
  const value = yield* found.as(tapeType).register.read();
  found.qom.sim.assert(value === 1, 'half realized');
  if (take) yield* unreference(found);
}
