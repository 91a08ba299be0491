import type { Block, Plain, Routine } from '../../src/index.js';
import type { MemoryRegion } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { type BusTypeInfo, classOf, type DeviceTypeInfo } from '../qdev/device-type.js';
import { refusedAfterRealize } from '../qdev/properties.js';
import { deviceState } from '../qdev/state.js';
import { failed, QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import { valueProperty } from '../qom/property-access.js';
import type { Name, Visited, Visitor } from '../qom/visitors/visitor.js';

/** What a PCI bus has beyond the bus. Upstream: include/hw/pci/pci_bus.h:struct PCIBus. */
export interface PciBus {
  /** What the bars of its devices are mapped into: address_space_mem. Set when the bus is made, and never changed. */
  memory: MemoryRegion | undefined;
}

/** Upstream: hw/pci/pci.c:pci_bus_info. */
export const pciBusType: BusTypeInfo<PciBus> = {
  name: 'PCI',
  parent: 'bus',
  fields: () => ({ memory: undefined }),
};

/** pci_address_space: what the bars of a device are mapped into. */
export function* pciAddressSpace(device: QomObject): Routine<MemoryRegion> {
  const bus = yield* deviceState(device).parentBus.read();
  return bus?.as(pciBusType).memory ?? device.qom.sim.fail(`${device.name} is on no PCI bus`);
}

/** A base address register: the region that it shows, and where. Upstream: include/hw/pci/pci_device.h:struct PCIIORegion. */
export interface Bar {
  readonly region: MemoryRegion;
  /** What it is a subregion of while it is mapped. */
  readonly container: MemoryRegion;
  /** What the guest wrote; absent: nothing yet. */
  readonly base?: number;
  /** Where it is mapped; absent: it is not. */
  readonly mappedAt?: number;
}

/** What a PCI device has beyond the device. Upstream: include/hw/pci/pci_device.h:struct PCIDevice. */
export interface PciDevice {
  /** By number. All that the configuration space says is protected by the big lock. */
  readonly bars: Plain<readonly Bar[]>;
  /** The bit of the command register that lets the guest see the bars. */
  readonly memoryEnabled: Plain<boolean>;
  /** The slot that the user wants; -1 for one that is free. Upstream: devfn. */
  readonly slot: Plain<number>;
}

function pciFields(block: Block): PciDevice {
  return {
    bars: block.plain<readonly Bar[]>('bars', []),
    memoryEnabled: block.plain('memory_enabled', true),
    slot: block.plain('devfn', -1),
  };
}

/** What is registered about a type of PCI devices. Upstream: include/hw/pci/pci_device.h:struct PCIDeviceClass. */
export interface PciDeviceTypeInfo<Fields = unknown> extends DeviceTypeInfo<Fields> {
  /** The device's own part of unrealize, when its bars have left the map. */
  readonly exit?: (device: QomObject) => Routine;
}

/** Upstream: hw/pci/pci.c:pci_device_type_info, pci_qdev_unrealize. */
export const pciDeviceType: PciDeviceTypeInfo<PciDevice> = {
  name: 'pci-device',
  parent: 'device',
  abstract: true,
  busType: pciBusType.name,
  fields: pciFields,
  classProperties: [
    valueProperty({
      name: 'addr',
      type: 'int32',
      visit: visitSlot,
      *read(device: QomObject): Routine<number> {
        return yield* pciDevice(device).slot.read();
      },
      *write(device, slot) {
        const refusal = yield* refusedAfterRealize(device, 'property', 'addr');
        if (refusal === undefined) yield* pciDevice(device).slot.write(slot);
        return refusal;
      },
      defaultValue: -1,
    }),
  ],
  unrealize: pciUnrealize,
};

/** set_pci_devfn, print_pci_devfn: the slot in hexadecimal, and a function, of which there is one here. */
function visitSlot(visitor: Visitor, name: Name, value: number): Visited<number> {
  if (visitor.direction === 'output') return visitor.int64(name, value);
  const text = visitor.str(name, '');
  if (failed(text)) return text;
  const [, slot] = /^(?:0x)?([01]?[0-9a-f])(?:\.0)?$/i.exec(text) ?? [];
  if (slot !== undefined) return Number.parseInt(slot, 16);
  return new QemuError(`Property 'pci-device.addr' doesn't take value '${text}'`);
}

/** pci_qdev_unrealize */
export function* pciUnrealize(device: QomObject): Routine {
  yield* pciUnregisterIoRegions(device);
  const exit = classOf<PciDeviceTypeInfo, 'exit'>(device, 'exit');
  if (exit !== undefined) yield* exit(device);
}

/** PCI_DEVICE() */
export function pciDevice(object: QomObject): PciDevice {
  return object.as(pciDeviceType);
}

/**
 * pci_register_bar, and what firmware does with it.
 *
 * @param base - where firmware maps it; absent: the device came when firmware had run, and the bar is not mapped
 */
export function* pciRegisterBar(
  device: QomObject,
  region: MemoryRegion,
  container: MemoryRegion,
  base?: number,
): Routine {
  const { bars } = pciDevice(device);
  if (base === undefined) {
    yield* bars.write([...(yield* bars.read()), { region, container }]);
    return;
  }
  yield* addSubregion(container, region, base, 1);
  yield* bars.write([...(yield* bars.read()), { region, container, base, mappedAt: base }]);
}

/** A write of a base address register, or of the command register. Upstream: hw/pci/pci.c:pci_default_write_config. */
export type ConfigWrite =
  | { readonly bar: number; readonly base: number }
  | { readonly memoryEnabled: boolean };

/** pci_default_write_config: changes the configuration, then the map. The caller holds the big lock. */
export function* pciWriteConfig(device: QomObject, write: ConfigWrite): Routine {
  const { bars, memoryEnabled } = pciDevice(device);
  if ('memoryEnabled' in write) yield* memoryEnabled.write(write.memoryEnabled);
  else {
    const now = yield* bars.read();
    yield* bars.write(now.map((bar, n) => (n === write.bar ? { ...bar, base: write.base } : bar)));
  }
  yield* pciUpdateMappings(device);
}

/**
 * pci_update_mappings: each bar that is not where it should be leaves the map and comes back elsewhere, in transactions of their own.
 */
function* pciUpdateMappings(device: QomObject): Routine {
  const { bars, memoryEnabled } = pciDevice(device);
  const enabled = yield* memoryEnabled.read();
  const before = yield* bars.read();
  const after: Bar[] = [];
  for (const bar of before) after.push(yield* updateMapping(bar, enabled));
  yield* bars.write(after);
}

function* updateMapping(bar: Bar, enabled: boolean): Routine<Bar> {
  const { region, container, base, mappedAt } = bar;
  const wanted = enabled ? base : undefined;
  if (wanted === mappedAt) return bar;
  if (mappedAt !== undefined) yield* delSubregion(container, region);
  if (wanted === undefined) return withoutMapping(bar);
  yield* addSubregion(container, region, wanted, 1);
  return { region, container, base: wanted, mappedAt: wanted };
}

function withoutMapping({ region, container, base }: Bar): Bar {
  return { region, container, ...(base !== undefined && { base }) };
}

/** pci_unregister_io_regions: what is mapped leaves the map. */
function* pciUnregisterIoRegions(device: QomObject): Routine {
  const { bars } = pciDevice(device);
  for (const { region, container, mappedAt } of yield* bars.read()) {
    if (mappedAt !== undefined) yield* delSubregion(container, region);
  }
  yield* bars.write([]);
}
