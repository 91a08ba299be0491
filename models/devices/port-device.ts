import type { Routine } from '../../src/index.js';
import {
  type PortioList,
  type PortioOwner,
  portioListAdd,
  portioListDel,
  portioListDestroy,
} from '../memory/portio.js';
import type { RegionOps } from '../memory/region.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace } from './pci.js';
import { registerOps } from './plain-region.js';

interface PortDevice {
  readonly ops: RegionOps;
  list: PortioList | undefined;
}

/**
 * A device whose ports are not in one piece: a list of regions on the heap, which is given up in exit, while views may still show them.
 *
 * Upstream: hw/display/vga.c:vga_init, whose ports are such a list; system/ioport.c. Here the device may be unplugged.
 */
export class PortDeviceType {
  readonly info: PciDeviceTypeInfo<PortDevice>;
  private readonly base: number;
  private readonly whose: PortioOwner | undefined;

  /**
   * @param base - where the first piece is
   * @param whose - absent: as upstream
   */
  constructor(base: number, whose?: PortioOwner) {
    this.base = base;
    this.whose = whose;
    this.info = {
      name: 'port-device',
      parent: pciBusMasterType.name,
      fields: (block) => ({ ops: registerOps(block, 'ports'), list: undefined }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
    };
  }

  private *realize(device: QomObject): Routine {
    yield* pciInitBusMaster(device);
    const fields = device.as(this.info);
    const { ops } = fields;
    const pieces = [0, 0x20].map((offset) => ({ address: this.base + offset, size: 4, ops }));
    const container = yield* pciAddressSpace(device);
    fields.list = yield* portioListAdd(container, device, pieces, this.whose);
  }

  private *exit(device: QomObject): Routine {
    const { list } = device.as(this.info);
    if (list === undefined) return;
    yield* portioListDel(list);
    yield* portioListDestroy(list);
  }
}
