import type { Block, Routine } from '../../src/index.js';
import type { Memory } from '../memory/memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import type { QomObject } from '../qom/object.js';
import { pciDeviceType, pciRegisterBar } from './pci.js';
import { type Register, register } from './register.js';

interface Nic {
  readonly place: Block;
  readonly data: Register;
}

/** A PCI device with one bar, and one word behind it. A stand-in for many of upstream's, such as hw/net/e1000.c. */
export class NicType {
  readonly info: DeviceTypeInfo<Nic>;
  private readonly memory: Memory;
  private readonly container: () => MemoryRegion;

  /**
   * @param container - what the bar is mapped into
   * @param base - where firmware maps it
   */
  constructor(memory: Memory, container: () => MemoryRegion, base: number) {
    this.memory = memory;
    this.container = container;
    this.info = {
      name: 'nic',
      parent: pciDeviceType.name,
      fields: (block) => this.fields(block),
      realize: (device) => this.realize(device, base),
    };
  }

  private fields(block: Block): Nic {
    return {
      place: block.embed('bar0'),
      data: register(block, 'data', this.memory.design.lockless),
    };
  }

  private *realize(device: QomObject, base: number): Routine {
    const nic = device.as(this.info);
    const { lockless } = this.memory.design;
    const ops = new NicOps(nic.data);
    const options = { name: 'bar0', size: 0x10, owner: device, ops, lockless };
    const bar = yield* regionInit(this.memory, nic.place, options);
    yield* pciRegisterBar(device, bar, this.container(), base);
  }
}

class NicOps implements RegionOps {
  readonly name = 'nic_ops';

  constructor(private readonly data: Register) {}

  *read(): Routine<number> {
    return yield* this.data.read();
  }

  *write(_offset: number, value: number): Routine {
    yield* this.data.write(value);
  }
}
