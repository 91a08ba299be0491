import type { Routine } from '../../src/index.js';
import { qmpDeviceDel } from '../qdev/device-del.js';
import type { Failure } from '../qdev/device-type.js';
import { ejectPortType, guestEject, pendingEjects } from '../qdev/eject-port.js';
import { setHotplugHandler } from '../qdev/hotplug.js';
import { qdevRealize } from '../qdev/realize.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectNew } from '../qom/object-new.js';
import type { Board } from './board.js';

/**
 * Lets devices come and go on the board's PCI bus while the machine runs, from now on. Upstream: hw/acpi/pcihp.c:acpi_pcihp_init. The
 * type is registered by who uses it.
 */
export function* pciHotplugInit(board: Board): Routine<QomObject> {
  const port = yield* objectNew(board.machine.qom, ejectPortType.name, 'pcihp');
  yield* qdevRealize(port);
  yield* unreference(port);
  yield* setHotplugHandler(board.pciBus, port);
  yield* board.qdev.machineReady();
  return port;
}

/** device_del of a device in a slot, and what a guest does when it is asked: it ejects the device. */
export function* unplugAndEject(board: Board, port: QomObject, id: string): Routine<Failure> {
  const failure = yield* qmpDeviceDel(board.qdev, id);
  if (failure !== undefined) return failure;
  for (const slot of yield* pendingEjects(port)) yield* guestEject(port, slot);
  return undefined;
}
