import type { Block, Routine } from '../../src/index.js';
import { AddressSpace } from '../memory/address-space.js';
import { type MemoryRegion, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { transactionBegin, transactionCommit } from '../memory/transaction.js';
import { busInitInPlace } from '../qdev/bus.js';
import { classOf } from '../qdev/device-type.js';
import { unparent } from '../qom/child.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciBusType } from './pci.js';
import { containerInit } from './plain-region.js';

/** What a bridge forwards: it is seen at the same address on both sides. */
interface Window {
  readonly name: string;
  readonly base: number;
  readonly space: 'memory' | 'io';
}

/** By upstream's names. */
const windows: readonly Window[] = [
  { name: 'pci_bridge_pref_mem', base: 0x800, space: 'memory' },
  { name: 'pci_bridge_mem', base: 0x900, space: 'memory' },
  { name: 'pci_bridge_io', base: 0xa00, space: 'io' },
];

/** Where the regions of the windows are: part of the bridge, or in memory of their own (before upstream commit b2999ed8ad). */
export type WindowMemory = 'part of the bridge' | 'allocated';

/** What is registered about a type of bridges. */
export interface PciBridgeTypeInfo extends PciDeviceTypeInfo {
  /** What it forwards; absent: memory and ports, where firmware has said. */
  readonly windows?: readonly Window[];
  /** Absent: part of the bridge. */
  readonly windowMemory?: WindowMemory;
}

/** One side of what is behind a bridge: a container of the bridge's, with an address space that shows it. */
interface Behind {
  readonly region: Block;
  readonly space: Block;
}

interface PciBridge {
  readonly busPlace: Block;
  readonly memory: Behind;
  readonly io: Behind;
  /** Where the regions of the windows are, if they are part of the bridge. */
  readonly windowPlaces: Block;
  /** There once the bridge was realized. */
  spaces: readonly AddressSpace[];
  sides: Sides;
  windows: Windows;
}

/** The containers that the windows show. */
type Sides = ReadonlyMap<Window['space'], MemoryRegion>;

/** struct PCIBridgeWindows */
interface Windows {
  /** Memory of their own. */
  readonly block: Block | undefined;
  readonly regions: readonly MemoryRegion[];
}

function behind(block: Block, name: string): Behind {
  return { region: block.embed(`pci_bridge_${name}`), space: block.embed(`as_${name}`) };
}

/**
 * A bridge: it shows parts of what is behind it in the region of the bus that it is on, whose owner is somebody else and then holds the
 * bridge.
 *
 * Upstream: hw/pci/pci_bridge.c:pci_bridge_initfn, pci_bridge_region_init. Ports are mapped into the same region as memory here.
 */
export const pciBridgeBaseType: PciDeviceTypeInfo<PciBridge> = {
  name: 'base-pci-bridge',
  parent: pciBusMasterType.name,
  abstract: true,
  fields: (block) => ({
    busPlace: block.embed('sec_bus'),
    memory: behind(block, 'pci'),
    io: behind(block, 'io'),
    windowPlaces: block.embed('windows'),
    spaces: [],
    sides: new Map(),
    windows: { block: undefined, regions: [] },
  }),
  realize: pciBridgeInit,
};

/** A bridge that cleans up. Upstream: hw/pci-bridge/pci_bridge_dev.c. */
export const pciBridgeType: PciDeviceTypeInfo = {
  name: 'pci-bridge',
  parent: pciBridgeBaseType.name,
  exit: pciBridgeExit,
};

/** A bridge whose class has no exit hook. Upstream: hw/pci-bridge/i82801b11.c:i82801b11_bridge_class_init. */
export const i82801b11Type: PciDeviceTypeInfo = {
  name: 'i82801b11-bridge',
  parent: pciBridgeBaseType.name,
};

/** pci_bridge_initfn */
export function* pciBridgeInit(device: QomObject): Routine {
  yield* pciInitBusMaster(device);
  const { memory } = yield* pciAddressSpace(device);
  const bridge = device.as(pciBridgeBaseType);
  const bus = yield* busInitInPlace(device, bridge.busPlace, pciBusType.name, `${device.name}.0`);
  const sides = new Map<Window['space'], MemoryRegion>();
  const spaces: AddressSpace[] = [];
  for (const side of ['memory', 'io'] as const) {
    const { region, space } = bridge[side];
    const container = yield* containerInit(memory, region, `pci_bridge_${side}`, device, 0x1000);
    const shown = new AddressSpace(memory, space);
    yield* shown.init(container);
    sides.set(side, container);
    spaces.push(shown);
  }
  bus.as(pciBusType).memory = sides.get('memory');
  bridge.spaces = spaces;
  bridge.sides = sides;
  bridge.windows = yield* addWindows(device);
}

/** pci_bridge_region_init */
function* addWindows(device: QomObject): Routine<Windows> {
  const parent = yield* pciAddressSpace(device);
  const { sides } = device.as(pciBridgeBaseType);
  const allocated = classOf<PciBridgeTypeInfo, 'windowMemory'>(device, 'windowMemory');
  const block =
    allocated === 'allocated' ? yield* device.qom.sim.alloc(`${device.name} windows`) : undefined;
  const places = block ?? device.as(pciBridgeBaseType).windowPlaces;
  const regions: MemoryRegion[] = [];
  for (const { name, base, space } of windowsOf(device)) {
    const target = sides.get(space);
    if (target === undefined) return device.qom.sim.fail('pci_bridge_region_init: no such side');
    const options = { name, size: 0x100, owner: device, alias: { target, offset: base } };
    const window = yield* regionInit(parent.memory, places.embed(name), options);
    yield* addSubregion(parent, window, base, 1);
    regions.push(window);
  }
  return { block, regions };
}

function windowsOf(device: QomObject): readonly Window[] {
  return classOf<PciBridgeTypeInfo, 'windows'>(device, 'windows') ?? windows;
}

/** pci_bridge_region_del */
function* removeWindows({ regions }: Windows): Routine {
  for (const window of regions) {
    const { container } = yield* window.layout.read();
    if (container !== undefined) yield* delSubregion(container, window);
  }
}

/** pci_bridge_region_cleanup: of windows that have memory of their own; the others go with the bridge. */
function* destroyWindows(device: QomObject, { block, regions }: Windows): Routine {
  if (block === undefined) return;
  for (const { object } of regions) yield* unparent(object);
  yield* device.qom.sim.free(block);
}

/** When windows that are replaced are destroyed: after the transaction since upstream commit b308c82cbd (2012). */
export type WindowsDestroyed = 'after the transaction' | 'in the transaction';

/** pci_bridge_update_mappings: the guest has written where windows are, and all of them are made anew. Under the big lock. */
export function* pciBridgeUpdateMappings(device: QomObject, destroyed: WindowsDestroyed): Routine {
  const { memory } = yield* pciAddressSpace(device);
  const bridge = device.as(pciBridgeBaseType);
  const before = bridge.windows;
  yield* transactionBegin(memory);
  yield* removeWindows(before);
  if (destroyed === 'in the transaction') yield* destroyWindows(device, before);
  bridge.windows = yield* addWindows(device);
  yield* transactionCommit(memory, false, undefined);
  if (destroyed === 'after the transaction') yield* destroyWindows(device, before);
}

/** pci_bridge_exitfn: the windows, and the address spaces. */
export function* pciBridgeExit(device: QomObject): Routine {
  const { spaces, windows: made } = device.as(pciBridgeBaseType);
  yield* removeWindows(made);
  yield* destroyWindows(device, made);
  for (const space of spaces) yield* space.destroy();
}
