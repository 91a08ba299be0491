import type { Block, Routine } from '../../src/index.js';
import { type Access, accessSpace, type Outcome } from '../memory/access.js';
import { AddressSpace } from '../memory/address-space.js';
import { type MemoryRegion, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion, setEnabled } from '../memory/region-tree.js';
import type { QomObject } from '../qom/object.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciDeviceType, pciUnrealize } from './pci.js';

/** How a device sees memory. */
interface BusMaster {
  readonly space: AddressSpace;
  readonly container: MemoryRegion;
  /** Shows all of the system's memory while the guest lets the device have it. */
  readonly enable: MemoryRegion;
}

interface BusMasterFields {
  readonly spacePlace: Block;
  readonly containerPlace: Block;
  readonly enablePlace: Block;
  master: BusMaster | undefined;
}

/**
 * A PCI device that can do DMA: all of them upstream; here those for which it matters. The address space holds a reference on the
 * device until a grace period after it was destroyed.
 *
 * Upstream: hw/pci/pci.c:do_pci_register_device, do_pci_unregister_device.
 */
export const pciBusMasterType: PciDeviceTypeInfo<BusMasterFields> = {
  name: 'pci-bus-master',
  parent: pciDeviceType.name,
  abstract: true,
  fields: (block) => ({
    spacePlace: block.embed('bus master space'),
    containerPlace: block.embed('bus master container'),
    enablePlace: block.embed('bus master'),
    master: undefined,
  }),
  unrealize: pciBusMasterUnrealize,
};

/** What is done when such a device is unrealized, and what one that cannot be realized has to undo. */
export function* pciBusMasterUnrealize(device: QomObject): Routine {
  yield* pciUnrealize(device);
  const { master } = device.as(pciBusMasterType);
  if (master === undefined) return;
  yield* delSubregion(master.container, master.enable);
  yield* master.space.destroy();
}

/** pci_init_bus_master, and the part of do_pci_register_device before it: the first thing when a device is realized. */
export function* pciInitBusMaster(device: QomObject): Routine {
  const fields = device.as(pciBusMasterType);
  const { memory } = yield* pciAddressSpace(device);
  const root = yield* memory.system.root.read();
  if (root === undefined) return memory.sim.fail('pci_init_bus_master: no memory yet');
  const { size } = yield* root.layout.read();
  const common = { size, owner: device };
  const container = yield* regionInit(memory, fields.containerPlace, {
    name: 'bus master container',
    ...common,
  });
  const space = new AddressSpace(memory, fields.spacePlace);
  yield* space.init(container);
  const enable = yield* regionInit(memory, fields.enablePlace, {
    name: 'bus master',
    ...common,
    alias: { target: root, offset: 0 },
  });
  yield* setEnabled(enable, false);
  yield* addSubregion(container, enable, 0);
  fields.master = { space, container, enable };
}

/** The bit of the command register that lets a device do DMA. Upstream: pci_set_master, pci_default_write_config. */
export function* pciSetMaster(device: QomObject, enabled: boolean): Routine {
  const { master } = device.as(pciBusMasterType);
  if (master !== undefined) yield* setEnabled(master.enable, enabled);
}

/** pci_dma_read, pci_dma_write */
export function* pciDma(device: QomObject, access: Access): Routine<Outcome> {
  const { master } = device.as(pciBusMasterType);
  return yield* accessSpace(master?.space ?? device.qom.sim.fail('pci_dma: not realized'), access);
}
