import type { Block } from '../../src/index.js';
import { type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion } from '../memory/region-tree.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';
import { containerInit, registerOps } from './plain-region.js';

interface IntelHda {
  readonly container: Block;
  readonly mmio: Block;
  readonly alias: Block;
  readonly ops: RegionOps;
}

/**
 * A sound card whose bar shows its registers twice, the second time through an alias: all of it its own.
 *
 * Upstream: hw/audio/intel-hda.c:intel_hda_realize, without the codecs.
 */
export const intelHdaType: PciDeviceTypeInfo<IntelHda> = {
  name: 'intel-hda',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    container: block.embed('intel-hda-container'),
    mmio: block.embed('intel-hda'),
    alias: block.embed('intel-hda-alias'),
    ops: registerOps(block, 'registers'),
  }),
  *realize(device) {
    yield* pciInitBusMaster(device);
    const space = yield* pciAddressSpace(device);
    const { memory } = space;
    const { container, mmio, alias, ops } = device.as(intelHdaType);
    const bar = yield* containerInit(memory, container, 'intel-hda-container', device);
    const common = { size: 0x40, owner: device };
    const registers = yield* regionInit(memory, mmio, { name: 'intel-hda', ...common, ops });
    yield* addSubregion(bar, registers, 0);
    const target = { target: registers, offset: 0 };
    const again = { name: 'intel-hda-alias', ...common, alias: target };
    yield* addSubregion(bar, yield* regionInit(memory, alias, again), 0x40);
    yield* pciRegisterBar(device, bar, space);
  },
};
