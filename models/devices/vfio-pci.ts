import type { Block, Routine } from '../../src/index.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { unparent } from '../qom/child.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';
import { registerOps } from './plain-region.js';

/** When the memory of quirks is given back: in instance_finalize since upstream commits ba5e6bfa1a and 77a10d04d0. */
export type QuirkFreed = 'in instance_finalize' | 'in exit';

interface Quirk {
  readonly block: Block;
  readonly region: MemoryRegion;
}

interface VfioPci {
  readonly barPlace: Block;
  readonly ops: RegionOps;
  bar: MemoryRegion | undefined;
  quirk: Quirk | undefined;
}

/**
 * A device that is passed through. What its guest driver must not touch directly is covered by a quirk: a region that is made when it is
 * known to be needed, in memory of its own.
 *
 * Upstream: hw/vfio/pci.c:vfio_pci_realize, vfio_exitfn, vfio_instance_finalize; hw/vfio/pci-quirks.c:vfio_quirk_alloc.
 */
export class VfioPciType {
  readonly info: PciDeviceTypeInfo<VfioPci>;
  private readonly freed: QuirkFreed;

  constructor(freed: QuirkFreed = 'in instance_finalize') {
    this.freed = freed;
    this.info = {
      name: 'vfio-pci',
      parent: pciBusMasterType.name,
      fields: (block) => ({
        barPlace: block.embed('bar0'),
        ops: registerOps(block, 'bar0 registers'),
        bar: undefined,
        quirk: undefined,
      }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
      instanceFinalize: (device) => this.finalize(device),
    };
  }

  private *realize(device: QomObject): Routine {
    yield* pciInitBusMaster(device);
    const vfio = device.as(this.info);
    const space = yield* pciAddressSpace(device);
    const { memory } = space;
    const { ops } = vfio;
    const options = { name: 'bar0', size: 0x20, owner: device, ops };
    vfio.bar = yield* regionInit(memory, vfio.barPlace, options);
    const block = yield* memory.sim.alloc(`${device.name}.quirk`);
    const region = yield* regionInit(memory, block.embed('mem'), {
      name: 'quirk',
      size: 0x10,
      owner: device,
      ops: registerOps(block, 'data'),
    });
    yield* addSubregion(vfio.bar, region, 0x10, 1);
    vfio.quirk = { block, region };
    yield* pciRegisterBar(device, vfio.bar, space);
  }

  /** vfio_bars_exit, vfio_bar_quirk_exit */
  private *exit(device: QomObject): Routine {
    const { bar, quirk } = device.as(this.info);
    if (bar === undefined || quirk === undefined) return;
    yield* delSubregion(bar, quirk.region);
    if (this.freed === 'in instance_finalize') return;
    yield* unparent(quirk.region.object);
    yield* device.qom.sim.free(quirk.block);
  }

  /** vfio_bars_finalize, vfio_bar_quirk_finalize */
  private *finalize(device: QomObject): Routine {
    const { quirk } = device.as(this.info);
    if (quirk === undefined || this.freed === 'in exit') return;
    yield* device.qom.sim.free(quirk.block);
  }
}
