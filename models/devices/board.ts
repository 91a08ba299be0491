import type { Routine, Sim } from '../../src/index.js';
import { type Activity, Machine } from '../machine.js';
import type { CommandContext } from '../mainloop/main-loop.js';
import type { MemoryDesign } from '../memory/design.js';
import { Memory } from '../memory/memory.js';
import type { MemoryRegion } from '../memory/region.js';
import { busInitInPlace } from '../qdev/bus.js';
import type { QdevDesign } from '../qdev/design.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import { Qdev } from '../qdev/qdev.js';
import { qdevRealize } from '../qdev/realize.js';
import { addChild, unparent } from '../qom/child.js';
import { objectGetRoot } from '../qom/containers.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectNew } from '../qom/object-new.js';
import type { PropertyDeletion } from '../qom/qom.js';
import { pciBusType, pciDeviceType } from './pci.js';

/** In which of the debated ways a board works. */
export interface BoardDesign {
  readonly memory: MemoryDesign;
  readonly qdev?: Partial<QdevDesign>;
  readonly propertyDeletion?: PropertyDeletion;
  readonly commandContext?: CommandContext;
  /** What the machine is, if that matters. */
  readonly machineType?: string;
  /** What all PCI devices have in common, if more than the models' own. */
  readonly pciDevice?: DeviceTypeInfo;
  /** What the user calls the PCI bus. */
  readonly pciBusName?: string;
  /** What the root of the composition tree holds besides the machine; absent: what it holds today. */
  readonly rootContainers?: readonly string[];
  /** Whether a migration runs; absent: there are none. */
  readonly migrating?: () => Routine<boolean>;
}

const hostType: DeviceTypeInfo = {
  name: 'host-bridge',
  parent: 'device',
  busType: 'System',
  hotpluggable: false,
  fields: (block) => ({ busPlace: block.embed('pci.0') }),
};

/**
 * A machine with memory, and a PCI bus to plug devices into. Upstream: hw/i386/pc_piix.c:pc_init1, of which only the order of things is
 * left.
 */
export class Board {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly memory: Memory;
  readonly qdev: Qdev;
  private readonly machineType: string | undefined;
  private readonly pciBusName: string;
  private readonly rootContainers: readonly string[] | undefined;
  private system: MemoryRegion | undefined;
  private bus: QomObject | undefined;

  constructor(sim: Sim, design: BoardDesign) {
    this.sim = sim;
    this.machineType = design.machineType;
    this.pciBusName = design.pciBusName ?? 'pci.0';
    this.rootContainers = design.rootContainers;
    this.machine = new Machine(sim, design.propertyDeletion, design.commandContext);
    this.memory = new Memory(this.machine, design.memory);
    this.qdev = new Qdev(this.machine, design.qdev, design.migrating);
    this.qdev.register(pciBusType, design.pciDevice ?? pciDeviceType, hostType);
  }

  /** What guests see at addresses: there when the board has booted. */
  get systemMemory(): MemoryRegion {
    return this.system ?? this.sim.fail('the board has not booted');
  }

  /** There when the board has booted. */
  get pciBus(): QomObject {
    return this.bus ?? this.sim.fail('the board has not booted');
  }

  /** Starts the threads; `boot` goes on where the board's own booting ends, and may plug devices. */
  start({ boot, ...rest }: Activity): void {
    this.machine.start({ boot: () => this.boot(boot), ...rest });
  }

  /** device_add in short: a device of a type, child of the peripherals, on the bus and realized. Its name is its id. */
  *plug(typeName: string, name: string): Routine<QomObject> {
    const { peripheral } = yield* this.qdev.machineObjects();
    const device = yield* objectNew(this.machine.qom, typeName, name);
    yield* addChild(peripheral, name, device);
    const failure = yield* qdevRealize(device, this.pciBus);
    this.sim.assert(failure === undefined, () => `plug: ${failure?.desc ?? ''}`);
    yield* unreference(device);
    return device;
  }

  /** What happens when the guest has let go of a device: unrealize, and out of the tree. Upstream: acpi_pcihp_eject_slot. */
  *unplug(device: QomObject): Routine {
    yield* unparent(device);
  }

  private *boot(rest: Activity['boot']): Routine {
    if (this.rootContainers !== undefined) {
      yield* objectGetRoot(this.machine.qom, this.rootContainers);
    }
    this.system = yield* this.memory.boot();
    const { unattached, mainSystemBus } = yield* this.qdev.createMachine(this.machineType);
    const host = yield* objectNew(this.machine.qom, hostType.name, 'host');
    yield* addChild(unattached, 'host', host);
    const { busPlace } = host.as(hostType) as { busPlace: QomObject['block'] };
    this.bus = yield* busInitInPlace(host, busPlace, pciBusType.name, this.pciBusName);
    this.bus.as(pciBusType).memory = this.system;
    yield* qdevRealize(host, mainSystemBus);
    if (rest !== undefined) yield* rest();
  }
}
