import {
  type BusTypeInfo,
  busInitInPlace,
  type DeviceTypeInfo,
  deviceState,
  type HotplugHandlerTypeInfo,
  Machine,
  objectNew,
  Qdev,
  type QdevDesign,
  type QomObject,
  qdevRealize,
  setHotplugHandler,
  simpleUnplug,
  unreference,
} from '../../../models/index.js';
import type { Block, Routine, Sim } from '../../../src/index.js';

/** A bus that is its own hot-plug handler, as those of USB and SCSI are. */
export const slotsType: BusTypeInfo & HotplugHandlerTypeInfo = {
  name: 'slots',
  parent: 'bus',
  hotplugHandler: { unplug: simpleUnplug },
};

/** A device with a bus in place. */
export const controllerType: DeviceTypeInfo<{ readonly bus: Block }> = {
  name: 'controller',
  parent: 'device',
  busType: 'System',
  fields: (block) => ({ bus: block.embed('bus') }),
  *instanceInit(device) {
    const bus = yield* busInitInPlace(device, device.as(controllerType).bus, 'slots', 'slots.0');
    yield* setHotplugHandler(bus, bus);
  },
};

/** What is plugged in. */
export const diskType: DeviceTypeInfo = { name: 'disk', parent: 'device', busType: 'slots' };

/** A machine with a controller, and what runs on it. */
export class Bench {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly qdev: Qdev;

  constructor(sim: Sim, design: Partial<QdevDesign> = {}, types: readonly DeviceTypeInfo[] = []) {
    this.sim = sim;
    this.machine = new Machine(sim);
    this.qdev = new Qdev(this.machine, design);
    this.qdev.register(slotsType, controllerType, diskType, ...types);
  }

  /** Makes a device, puts it on a bus, and keeps no reference: qdev_realize_and_unref. */
  *plug(type: string, bus: QomObject, name: string = type): Routine<QomObject> {
    const device = yield* objectNew(this.machine.qom, type, name);
    const failure = yield* qdevRealize(device, bus);
    this.sim.assert(failure === undefined, () => failure?.desc ?? '');
    yield* unreference(device);
    return device;
  }

  /** The machine, with a controller; returns the controller's bus. */
  *boot(): Routine<QomObject> {
    const { mainSystemBus } = yield* this.qdev.createMachine();
    const controller = yield* this.plug('controller', mainSystemBus);
    yield* this.qdev.machineReady();
    const [bus] = yield* deviceState(controller).childBuses.read();
    return bus ?? this.sim.fail('no bus');
  }

  /** One command after the machine has booted, given the controller's bus. */
  run(command: (bus: QomObject) => Routine, vcpus: Readonly<Record<string, () => Routine>> = {}) {
    let bus: QomObject | undefined;
    const { machine } = this;
    machine.start({
      boot: function* (this: Bench) {
        bus = yield* this.boot();
      }.bind(this),
      vcpus,
      commands: [{ execute: () => command(bus as QomObject) }],
    });
  }
}
