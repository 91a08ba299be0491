import type { Block } from '../../src/index.js';
import { type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion } from '../memory/region-tree.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';
import { containerInit, registerOps } from './plain-region.js';

interface BochsDisplay {
  readonly mmio: Block;
  readonly vbe: Block;
  readonly qext: Block;
  readonly ops: RegionOps;
}

/**
 * A display whose bar is a container of two more regions of the same device. Nothing takes them apart when the device goes.
 *
 * Upstream: hw/display/bochs-display.c:bochs_display_realize.
 */
export const bochsDisplayType: PciDeviceTypeInfo<BochsDisplay> = {
  name: 'bochs-display',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    mmio: block.embed('bochs-display-mmio'),
    vbe: block.embed('bochs dispi interface'),
    qext: block.embed('qemu extended regs'),
    ops: registerOps(block, 'registers'),
  }),
  *realize(device) {
    yield* pciInitBusMaster(device);
    const space = yield* pciAddressSpace(device);
    const { memory } = space;
    const { mmio, vbe, qext, ops } = device.as(bochsDisplayType);
    const bar = yield* containerInit(memory, mmio, 'bochs-display-mmio', device);
    const common = { size: 0x10, owner: device, ops };
    const parts = [
      yield* regionInit(memory, vbe, { name: 'bochs dispi interface', ...common }),
      yield* regionInit(memory, qext, { name: 'qemu extended regs', ...common }),
    ];
    for (const [i, part] of parts.entries()) yield* addSubregion(bar, part, i * 0x10);
    yield* pciRegisterBar(device, bar, space);
  },
};
