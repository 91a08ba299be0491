import type { Atomic, Plain, Routine, Sim } from '../../src/index.js';
import type { Machine } from '../machine.js';
import { addChild } from '../qom/child.js';
import { createMachine, machineGetContainer } from '../qom/containers.js';
import { QemuError } from '../qom/error.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { objectNew } from '../qom/object-new.js';
import { busProperties, busUnparent } from './bus.js';
import { type QdevDesign, upstreamQdev } from './design.js';
import { deviceFinalize, deviceInit, deviceProperties, deviceUnparent } from './device.js';
import type { BusTypeInfo, DeviceTypeInfo, Failure } from './device-type.js';
import type { MachineTypeInfo } from './hotplug.js';
import { busFields, busType, deviceFields, deviceType } from './state.js';

/** The bus that everything else hangs from, of which there is one. Upstream: hw/core/sysbus.c:system_bus_info. */
const systemBusType: BusTypeInfo = { name: 'System', parent: 'bus' };

/** A machine of no particular kind. Upstream: hw/core/machine.c:machine_info, hw/core/null-machine.c. */
export const machineType: MachineTypeInfo = { name: 'machine', parent: 'object' };

/** What management is told without having asked. Upstream: qapi/qdev.json. */
export interface QdevEvent {
  readonly event: 'DEVICE_DELETED';
  /** Its id, if it had one. */
  readonly device?: string;
  readonly path: string;
}

/** How far the process is with starting the machine. Upstream: MachineInitPhase, of which these can be told apart here. */
export type Phase = 'no machine' | 'machine created' | 'machine ready';

/** The objects that the machine has from its creation on: found once, then remembered in static variables upstream. */
export interface MachineObjects {
  readonly machine: QomObject;
  readonly peripheral: QomObject;
  readonly peripheralAnon: QomObject;
  readonly unattached: QomObject;
  readonly mainSystemBus: QomObject;
}

/** What is written while the process starts, and only read later. */
export interface Start {
  readonly phase: Phase;
  readonly objects?: MachineObjects;
}

/** The devices of a machine: upstream, the static variables of hw/core/qdev.c, hw/core/sysbus.c and system/qdev-monitor.c. */
export class Qdev {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly design: QdevDesign;
  readonly start: Plain<Start>;
  /** The next `/machine/unattached/device[n]`. */
  readonly unattachedCount: Plain<number>;
  /** The next `/machine/peripheral-anon/device[n]`. */
  readonly anonCount: Plain<number>;
  /** What was told to management, in order. */
  readonly events: Atomic<readonly QdevEvent[]>;

  /** Who tells management; set during set-up. Absent: events are only kept. */
  teller: ((event: QdevEvent) => Routine) | undefined = undefined;
  /** Whether a migration runs, which devices must not come or go during. */
  readonly migrating: () => Routine<boolean>;

  /** @param migrating - absent: there are no migrations */
  constructor(
    machine: Machine,
    design: Partial<QdevDesign> = {},
    migrating: () => Routine<boolean> = never,
  ) {
    const { sim, qom } = machine;
    this.migrating = migrating;
    this.sim = sim;
    this.machine = machine;
    this.design = { ...upstreamQdev, ...design };
    this.start = sim.plain<Start>('machine phase', { phase: 'no machine' });
    this.unattachedCount = sim.plain('unattached_count', 0);
    this.anonCount = sim.plain('anon_count', 0);
    this.events = sim.atomic<readonly QdevEvent[]>('events', []);
    qom.types.register({
      ...deviceType,
      fields: (block) => deviceFields(block, this),
      classProperties: deviceProperties,
      instanceInit: deviceInit,
      instanceFinalize: deviceFinalize,
      unparent: deviceUnparent,
    });
    qom.types.register({
      ...busType,
      classProperties: busProperties,
      fields: (block) => busFields(block, this),
      unparent: busUnparent,
    });
    this.register(systemBusType, machineType);
  }

  /** Registers types of devices, buses and machines. */
  register(...types: readonly (DeviceTypeInfo | BusTypeInfo | MachineTypeInfo)[]): void {
    for (const type of types) this.machine.qom.types.register(type);
  }

  /**
   * The machine, its containers and the main system bus. Devices can be added from now on; they count as hot-plugged only when the
   * machine is ready.
   *
   * Upstream: system/vl.c:qemu_create_machine.
   */
  *createMachine(typeName: string = machineType.name): Routine<MachineObjects> {
    const { qom } = this.machine;
    const machine = yield* createMachine(qom, typeName);
    const unattached = yield* machineGetContainer(qom, 'unattached');
    const mainSystemBus = yield* objectNew(qom, systemBusType.name, 'main-system-bus');
    yield* addChild(unattached, 'sysbus', mainSystemBus);
    yield* unreference(mainSystemBus);
    const objects: MachineObjects = {
      machine,
      unattached,
      peripheral: yield* machineGetContainer(qom, 'peripheral'),
      peripheralAnon: yield* machineGetContainer(qom, 'peripheral-anon'),
      mainSystemBus,
    };
    yield* this.start.write({ phase: 'machine created', objects });
    return objects;
  }

  /** What is added from now on is hot-plugged. Upstream: hw/core/machine.c:qdev_machine_creation_done. */
  *machineReady(): Routine {
    yield* this.start.write({ phase: 'machine ready', objects: yield* this.machineObjects() });
  }

  /** qdev_get_machine and its like: an abort before there is a machine. */
  *machineObjects(): Routine<MachineObjects> {
    const { objects } = yield* this.start.read();
    return objects ?? this.sim.fail('qdev_get_machine: there is no machine yet');
  }

  /** Whether a command that needs a machine may be executed yet. Upstream: system/qdev-monitor.c:qmp_command_available. */
  *commandAvailable(name: string): Routine<Failure> {
    const { phase } = yield* this.start.read();
    if (phase === 'machine ready') return undefined;
    const when = 'is permitted only after machine initialization has completed';
    return new QemuError(`The command '${name}' ${when}`);
  }

  /** Tells management something. */
  *emit(event: QdevEvent): Routine {
    if (this.teller !== undefined) return yield* this.teller(event);
    yield* this.events.update((events) => [...events, event]);
  }
}

function* never(): Routine<boolean> {
  return false;
}
