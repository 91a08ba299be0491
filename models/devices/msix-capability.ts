import type { Block, Routine } from '../../src/index.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { addChild } from '../qom/child.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectNew } from '../qom/object-new.js';
import type { TypeInfo } from '../qom/type-info.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciDeviceType, pciRegisterBar } from './pci.js';
import { containerInit, registerOps } from './plain-region.js';

/** Whom references on the region of the capability keep alive. */
export type CapabilityOwner = 'the capability' | 'the device';

/** A capability as an object of its own. */
const capabilityType: TypeInfo<{ readonly place: Block }> = {
  name: 'msix-capability',
  parent: 'object',
  fields: (block) => ({ place: block.embed('msix-table') }),
};

interface CapableDevice {
  readonly barPlace: Block;
  /** The callbacks of the table work on the device's state. */
  readonly ops: RegionOps;
  bar: MemoryRegion | undefined;
  table: MemoryRegion | undefined;
}

/**
 * A device with a capability, an object of its own that has the region of the table of interrupt vectors, whose callbacks work on the
 * state of the device. While the owner of a region had to be its parent, a reference on the region kept the capability alive and
 * not the device.
 *
 * Upstream: hw/pci/msix.c:msix_init, as the slides of 2014 had it; there is no such object.
 */
export class MsixCapabilityType {
  readonly info: PciDeviceTypeInfo<CapableDevice>;
  readonly capability: TypeInfo = capabilityType;
  private readonly owner: CapabilityOwner;
  private readonly base: number | undefined;
  private readonly dma: boolean;

  /**
   * @param base - where firmware maps the bar
   * @param dma - whether the device can do DMA, for which it has an address space that keeps it until a grace period is over
   */
  constructor(owner: CapabilityOwner, base?: number, dma: boolean = true) {
    this.dma = dma;
    this.owner = owner;
    this.base = base;
    this.info = {
      name: 'msix-device',
      parent: dma ? pciBusMasterType.name : pciDeviceType.name,
      fields: (block) => ({
        barPlace: block.embed('bar0'),
        ops: registerOps(block, 'vectors'),
        bar: undefined,
        table: undefined,
      }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
    };
  }

  private *realize(device: QomObject): Routine {
    if (this.dma) yield* pciInitBusMaster(device);
    const space = yield* pciAddressSpace(device);
    const { memory } = space;
    const fields = device.as(this.info);
    const { barPlace, ops } = fields;
    fields.bar = yield* containerInit(memory, barPlace, 'bar0', device);
    const { qom } = device;
    const name = `${device.name}.${capabilityType.name}`;
    const capability = yield* objectNew(qom, capabilityType.name, name);
    yield* addChild(device, 'msix', capability);
    yield* unreference(capability);
    fields.table = yield* regionInit(memory, capability.as(capabilityType).place, {
      name: 'msix-table',
      size: 0x10,
      owner: this.owner === 'the device' ? device : capability,
      parent: capability,
      ops,
    });
    yield* addSubregion(fields.bar, fields.table, 0);
    yield* pciRegisterBar(device, fields.bar, space, this.base);
  }

  private *exit(device: QomObject): Routine {
    const { bar, table } = device.as(this.info);
    if (bar !== undefined && table !== undefined) yield* delSubregion(bar, table);
  }
}
