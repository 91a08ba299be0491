import type { Block, Routine } from '../../src/index.js';
import type { Memory } from '../memory/memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import { busInitInPlace } from '../qdev/bus.js';
import type { BusTypeInfo } from '../qdev/device-type.js';
import type { QomObject } from '../qom/object.js';
import { type PciDeviceTypeInfo, pciDeviceType } from './pci.js';
import { type Register, register } from './register.js';

interface IdeBus {
  readonly status: Register;
}

interface IdeController {
  readonly busPlace: Block;
  readonly portPlace: Block;
  port: MemoryRegion | undefined;
}

/**
 * An IDE controller: its buses are part of its memory, and the callbacks of its ports work on a bus. What the debate of 2012 was about.
 *
 * Upstream: hw/ide/pci.c, hw/ide/piix.c, hw/ide/qdev.c:ide_bus_init; one bus instead of two.
 */
export class IdeType {
  readonly info: PciDeviceTypeInfo<IdeController>;
  readonly busInfo: BusTypeInfo<IdeBus>;
  private readonly memory: Memory;
  private readonly container: () => MemoryRegion;

  /**
   * @param container - what the ports are mapped into
   * @param base - where they are
   */
  constructor(memory: Memory, container: () => MemoryRegion, base: number) {
    this.memory = memory;
    this.container = container;
    this.busInfo = {
      name: 'IDE',
      parent: 'bus',
      fields: (block) => ({ status: register(block, 'status', memory.design.lockless) }),
    };
    this.info = {
      name: 'piix3-ide',
      parent: pciDeviceType.name,
      fields: (block) => ({
        busPlace: block.embed('ide.0'),
        portPlace: block.embed('port'),
        port: undefined,
      }),
      realize: (device) => this.realize(device, base),
      exit: (device) => this.exit(device),
    };
  }

  private *realize(device: QomObject, base: number): Routine {
    const ide = device.as(this.info);
    const bus = yield* busInitInPlace(device, ide.busPlace, this.busInfo.name, 'ide.0');
    const options = {
      name: 'port',
      size: 8,
      owner: device,
      opaque: bus,
      ops: new IdePort(bus.as(this.busInfo)),
      lockless: this.memory.design.lockless,
    };
    ide.port = yield* regionInit(this.memory, ide.portPlace, options);
    yield* addSubregion(this.container(), ide.port, base);
  }

  private *exit(device: QomObject): Routine {
    const { port } = device.as(this.info);
    if (port !== undefined) yield* delSubregion(this.container(), port);
  }
}

/** ide_ioport_read, ide_ioport_write: `opaque` is the bus. */
class IdePort implements RegionOps {
  readonly name = 'ide_portio_ops';

  constructor(private readonly bus: IdeBus) {}

  *read(): Routine<number> {
    return yield* this.bus.status.read();
  }

  *write(_offset: number, value: number): Routine {
    yield* this.bus.status.write(value);
  }
}
