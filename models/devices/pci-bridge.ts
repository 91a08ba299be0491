import type { Block, Routine } from '../../src/index.js';
import { AddressSpace } from '../memory/address-space.js';
import { type MemoryRegion, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { busInitInPlace } from '../qdev/bus.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciBusType } from './pci.js';
import { containerInit } from './plain-region.js';

/** What the bridge forwards, by upstream's names; each is seen at the same address on both sides. */
const windows = [
  { name: 'pci_bridge_pref_mem', base: 0x800, space: 'memory' },
  { name: 'pci_bridge_mem', base: 0x900, space: 'memory' },
  { name: 'pci_bridge_io', base: 0xa00, space: 'io' },
] as const;

/** One of them, and where its region is in the bridge. */
type Window = (typeof windows)[number] & { readonly place: Block };

/** One side of what is behind a bridge: a container of the bridge's, with an address space that shows it. */
interface Behind {
  readonly region: Block;
  readonly space: Block;
}

interface PciBridge {
  readonly busPlace: Block;
  readonly memory: Behind;
  readonly io: Behind;
  readonly windowPlaces: readonly Window[];
  /** There once the bridge was realized. */
  spaces: readonly AddressSpace[];
  windows: readonly MemoryRegion[];
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
    windowPlaces: windows.map((each) => ({ ...each, place: block.embed(each.name) })),
    spaces: [],
    windows: [],
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
function* pciBridgeInit(device: QomObject): Routine {
  yield* pciInitBusMaster(device);
  const parent = yield* pciAddressSpace(device);
  const { memory } = parent;
  const bridge = device.as(pciBridgeBaseType);
  const bus = yield* busInitInPlace(device, bridge.busPlace, pciBusType.name, `${device.name}.0`);
  const sides = new Map<string, MemoryRegion>();
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
  bridge.windows = yield* addWindows(device, parent, sides);
}

/** pci_bridge_region_init */
function* addWindows(
  device: QomObject,
  parent: MemoryRegion,
  sides: ReadonlyMap<string, MemoryRegion>,
): Routine<MemoryRegion[]> {
  const { windowPlaces } = device.as(pciBridgeBaseType);
  const made: MemoryRegion[] = [];
  for (const { name, base, space, place } of windowPlaces) {
    const target = sides.get(space);
    if (target === undefined) return device.qom.sim.fail('pci_bridge_region_init: no such side');
    const options = { name, size: 0x100, owner: device, alias: { target, offset: base } };
    const window = yield* regionInit(parent.memory, place, options);
    yield* addSubregion(parent, window, base, 1);
    made.push(window);
  }
  return made;
}

/** pci_bridge_exitfn: pci_bridge_region_del, and the address spaces. */
function* pciBridgeExit(device: QomObject): Routine {
  const bridge = device.as(pciBridgeBaseType);
  for (const window of bridge.windows) {
    const { container } = yield* window.layout.read();
    if (container !== undefined) yield* delSubregion(container, window);
  }
  for (const space of bridge.spaces) yield* space.destroy();
}
