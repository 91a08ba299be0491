import type { Block, Routine } from '../../src/index.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { allowBeforeRealize } from '../qdev/allow-set-link.js';
import { busInitInPlace } from '../qdev/bus.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import { qdevRealize } from '../qdev/realize.js';
import { deviceState } from '../qdev/state.js';
import { canonicalPath } from '../qom/canonical-path.js';
import { type LinkTarget, linkProperty } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import { initializeChild } from '../qom/object-new.js';
import { setProperties } from '../qom/property-access.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';
import { containerInit, registerOps } from './plain-region.js';
import { usbBusType } from './usb.js';

interface XhciCore {
  readonly host: LinkTarget;
  readonly busPlace: Block;
  readonly memPlace: Block;
  readonly operPlace: Block;
  readonly ops: RegionOps;
  mem: MemoryRegion | undefined;
}

/**
 * The part of a USB controller that does not depend on how it is attached. It links strongly to what it is part of.
 *
 * Upstream: hw/usb/hcd-xhci.c:usb_xhci_realize, xhci_properties.
 */
export const xhciCoreType: DeviceTypeInfo<XhciCore> = {
  name: 'base-xhci',
  parent: 'device',
  fields: (block) => ({
    host: block.plain<QomObject | undefined>('host', undefined),
    busPlace: block.embed('usb-bus.0'),
    memPlace: block.embed('xhci'),
    operPlace: block.embed('operational'),
    ops: registerOps(block, 'operational registers'),
    mem: undefined,
  }),
  classProperties: [
    linkProperty('host', 'device', (core) => core.as(xhciCoreType).host, {
      strong: true,
      check: allowBeforeRealize,
    }),
  ],
  *realize(core) {
    const fields = core.as(xhciCoreType);
    const host = yield* fields.host.read();
    if (host === undefined) return core.qom.sim.fail('usb_xhci_realize: no host');
    const { memory } = yield* pciAddressSpace(host);
    // In the core's memory, and the PCI device's in the tree.
    const name = `${(yield* deviceState(host).id.read()) ?? 'usb-bus'}.0`;
    yield* busInitInPlace(host, fields.busPlace, usbBusType.name, name);
    fields.mem = yield* containerInit(memory, fields.memPlace, 'xhci', core);
    const oper = { name: 'operational', size: 0x10, owner: core, ops: fields.ops };
    yield* addSubregion(fields.mem, yield* regionInit(memory, fields.operPlace, oper), 0);
    return undefined;
  },
};

interface XhciPci {
  readonly corePlace: Block;
  readonly tablePlace: Block;
  readonly pbaPlace: Block;
  readonly ops: RegionOps;
  core: QomObject | undefined;
  /** The table of interrupt vectors, and which of them are pending. */
  msix: readonly MemoryRegion[];
}

/**
 * A USB controller on PCI: it embeds the core, and puts regions of its own into the core's.
 *
 * Upstream: hw/usb/hcd-xhci-pci.c:usb_xhci_pci_realize, usb_xhci_pci_exit.
 */
export const xhciType: PciDeviceTypeInfo<XhciPci> = {
  name: 'qemu-xhci',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    corePlace: block.embed('xhci-core'),
    tablePlace: block.embed('msix-table'),
    pbaPlace: block.embed('msix-pba'),
    ops: registerOps(block, 'msix vectors'),
    core: undefined,
    msix: [],
  }),
  *instanceInit(device) {
    const fields = device.as(xhciType);
    const { corePlace } = fields;
    fields.core = yield* initializeChild(device, 'xhci-core', corePlace, xhciCoreType.name);
  },
  *realize(device) {
    const { core } = device.as(xhciType);
    if (core === undefined) return device.qom.sim.fail('usb_xhci_pci_realize: no core');
    yield* pciInitBusMaster(device);
    yield* setProperties(core, { host: (yield* canonicalPath(device)) ?? '' });
    const failure = yield* qdevRealize(core);
    if (failure !== undefined) return failure;
    const { mem } = core.as(xhciCoreType);
    if (mem === undefined) return device.qom.sim.fail('usb_xhci_pci_realize: no regions');
    yield* pciRegisterBar(device, mem, yield* pciAddressSpace(device));
    yield* msixInit(device, mem);
    return undefined;
  },
  *exit(device) {
    // msix_uninit
    const { core, msix } = device.as(xhciType);
    const mem = core?.as(xhciCoreType).mem;
    if (mem === undefined) return;
    for (const region of msix) yield* delSubregion(mem, region);
  },
};

/** msix_init: two regions of the device in one of the core. */
function* msixInit(device: QomObject, container: MemoryRegion): Routine {
  const fields = device.as(xhciType);
  const { memory } = container;
  const common = { size: 0x10, owner: device, ops: fields.ops };
  const table = yield* regionInit(memory, fields.tablePlace, { name: 'msix-table', ...common });
  const pba = yield* regionInit(memory, fields.pbaPlace, { name: 'msix-pba', ...common });
  yield* addSubregion(container, table, 0x40);
  yield* addSubregion(container, pba, 0x50);
  fields.msix = [table, pba];
}
