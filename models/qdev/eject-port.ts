import type { Block, Plain, Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { DeviceTypeInfo } from './device-type.js';
import type { HotplugHandlerTypeInfo } from './hotplug.js';
import { deviceState } from './state.js';
import { simpleUnplug, unplugNow } from './unplug.js';

/** What a port knows of its slots: protected by the big lock. */
interface Slots {
  /** What is in them: as upstream, without a reference. */
  readonly plugged: readonly (QomObject | undefined)[];
  /** Those whose device is to go, as the guest reads them. */
  readonly down: readonly number[];
}

interface EjectPort {
  readonly slots: Plain<Slots>;
}

/**
 * A hot-plug handler of devices that go when the guest ejects them, or at the next reset: the ACPI controller of the `pc` machine, or,
 * with one slot, a PCIe port. The bus names it with `setHotplugHandler`.
 *
 * Upstream: hw/acpi/pcihp.c, hw/pci/pcie.c. That a device is in a slot is upstream's PCIBus.devices; a device gets the first that is
 * free. Left out: a request that expires, indicators, functions.
 */
export const ejectPortType: DeviceTypeInfo<EjectPort> & HotplugHandlerTypeInfo<EjectPort> = {
  name: 'eject-port',
  parent: 'device',
  hotpluggable: false,
  fields: ejectPortFields,
  hotplugHandler: { plug, unplugRequest, unplug },
};

function ejectPortFields(block: Block): EjectPort {
  return { slots: block.plain<Slots>('slots', { plugged: [], down: [] }) };
}

function* plug(port: QomObject, device: QomObject): Routine {
  yield* plugIntoSlot(port, device, undefined);
}

/** Puts a device into a slot: the first that is free unless one is named. */
export function* plugIntoSlot(
  port: QomObject,
  device: QomObject,
  wanted: number | undefined,
): Routine {
  const { slots } = port.as(ejectPortType);
  const { plugged, down } = yield* slots.read();
  const free = plugged.indexOf(undefined);
  const slot = wanted ?? (free < 0 ? plugged.length : free);
  yield* slots.write({ plugged: at(plugged, slot, device), down });
}

/** acpi_pcihp_device_unplug_request_cb, pcie_cap_slot_unplug_request_cb: tells the guest, and that it was told. */
function* unplugRequest(port: QomObject, device: QomObject): Routine {
  const { slots } = port.as(ejectPortType);
  yield* deviceState(device).pendingDeletedEvent.write(true);
  const { plugged, down } = yield* slots.read();
  yield* slots.write({ plugged, down: [...down, plugged.indexOf(device)] });
}

/** acpi_pcihp_device_unplug_cb, pcie_cap_slot_unplug_cb */
function* unplug(port: QomObject, device: QomObject): Routine {
  yield* simpleUnplug(port, device);
  const { slots } = port.as(ejectPortType);
  const { plugged, down } = yield* slots.read();
  yield* slots.write({ plugged: at(plugged, plugged.indexOf(device), undefined), down });
}

/** The slots that the guest is asked to eject, as it reads them. The caller holds the big lock. */
export function* pendingEjects(port: QomObject): Routine<readonly number[]> {
  return (yield* port.as(ejectPortType).slots.read()).down;
}

/**
 * The guest ejects a slot, asked or not: the device is unrealized and leaves the tree. The caller holds the big lock.
 *
 * Upstream: hw/acpi/pcihp.c:acpi_pcihp_eject_slot, hw/pci/pcie.c:pcie_cap_slot_do_unplug.
 */
export function* guestEject(port: QomObject, slot: number): Routine {
  const { slots } = port.as(ejectPortType);
  const { plugged, down } = yield* slots.read();
  yield* slots.write({ plugged, down: down.filter((each) => each !== slot) });
  const device = plugged[slot];
  if (device !== undefined) yield* unplugNow(port, device);
}

/** A reset does what the guest was asked to do and has not done: acpi_pcihp_update. */
export function* resetEjectPort(port: QomObject): Routine {
  for (const slot of yield* pendingEjects(port)) yield* guestEject(port, slot);
}

function at<T>(
  list: readonly (T | undefined)[],
  index: number,
  value: T | undefined,
): readonly (T | undefined)[] {
  const length = Math.max(list.length, index + 1);
  return Array.from({ length }, (_, i) => (i === index ? value : list[i]));
}
