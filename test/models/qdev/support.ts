import {
  type DeviceOptions,
  deviceState,
  failed,
  Machine,
  Qdev,
  type QdevDesign,
  type QomObject,
  qdevDeviceAdd,
  scsiBusType,
  scsiControllerType,
  scsiDiskType,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';

/** What a bench is made of. */
export interface BenchOptions {
  readonly design?: Partial<QdevDesign>;
  readonly types?: readonly TypeInfo[];
  readonly machineType?: string;
  /** What follows when the controller is there, before the machine is ready. */
  readonly boot?: (bus: QomObject) => Routine;
  /** Whether a migration runs from when the machine is ready. */
  readonly migrating?: boolean;
}

/** A machine with a SCSI controller that disks are plugged into. */
export class Bench {
  readonly machine: Machine;
  readonly qdev: Qdev;
  private readonly sim: Sim;
  private readonly options: BenchOptions;

  constructor(sim: Sim, options: BenchOptions = {}) {
    this.sim = sim;
    this.options = options;
    this.machine = new Machine(sim);
    this.qdev = new Qdev(this.machine, options.design, () => this.migrating());
    this.qdev.register(scsiBusType, scsiControllerType, scsiDiskType, ...(options.types ?? []));
  }

  /** device_add that has to succeed; without the reference that comes with it. */
  *add(options: DeviceOptions): Routine<QomObject> {
    const device = yield* qdevDeviceAdd(this.qdev, options);
    if (failed(device)) return this.sim.fail(device.desc);
    yield* unreference(device);
    return device;
  }

  /** One command when the machine has booted, given the controller's bus; beside it, what the virtual CPUs do. */
  run(
    command: (bus: QomObject) => Routine,
    vcpus: Readonly<Record<string, (bus: QomObject) => Routine>> = {},
  ): void {
    let found: QomObject | undefined;
    const bus = () => found ?? this.sim.fail('the machine has not booted');
    this.machine.start({
      boot: () => this.boot((made) => (found = made)),
      vcpus: Object.fromEntries(
        Object.entries(vcpus).map(([name, body]) => [name, () => body(bus())]),
      ),
      commands: [{ execute: () => command(bus()) }],
    });
  }

  /** What management was told, in order: a peek. */
  get told(): string[] {
    return this.qdev.events.peek().map(({ event, device, path }) => `${event} ${device ?? path}`);
  }

  private *migrating(): Routine<boolean> {
    if (this.options.migrating !== true) return false;
    return (yield* this.qdev.start.read()).phase === 'machine ready';
  }

  private *boot(found: (bus: QomObject) => void): Routine {
    yield* this.qdev.createMachine(this.options.machineType);
    const controller = yield* this.add({ driver: 'scsi-hba', id: 'hba' });
    const [bus] = yield* deviceState(controller).childBuses.read();
    if (bus === undefined) return this.sim.fail('no bus');
    found(bus);
    if (this.options.boot !== undefined) yield* this.options.boot(bus);
    yield* this.qdev.machineReady();
  }
}

/** How many references there are. */
export function* references(object: QomObject): Routine<number> {
  return yield* object.qom.sim.step('look', () => object.ref.peek());
}
