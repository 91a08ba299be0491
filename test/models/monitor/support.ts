import {
  type Command,
  failed,
  Machine,
  type Message,
  Monitor,
  Qdev,
  type QObject,
  qdevDeviceAdd,
  RunState,
  scsiBusType,
  scsiControllerType,
  scsiDiskType,
  unreference,
  type Vm,
  versions,
} from '../../../models/index.js';
import { type Report, type Routine, type Sim } from '../../../src/index.js';
import { exploreAll, found } from '../support.js';
import { nameOf } from './exchange.js';

/** A machine with a SCSI controller and a monitor, and no memory: small enough for all its schedules. */
export class Small {
  readonly monitor: Monitor;
  readonly vm: Vm;
  private readonly boots: ((qdev: Qdev) => Routine)[] = [];

  constructor(private readonly sim: Sim) {
    const machine = new Machine(sim);
    const qdev = new Qdev(machine);
    qdev.register(scsiBusType, scsiControllerType, scsiDiskType);
    this.monitor = new Monitor(sim);
    const runState = new RunState(machine, (event) => this.monitor.emit(event), 'prelaunch');
    this.vm = { machine, qdev, runState, version: versions['10.2'] };
    this.monitor.attach(this.vm);
  }

  /** Adds a device before the machine is ready. */
  cold(driver: string, id: string): this {
    this.boots.push(() => this.add(driver, id));
    return this;
  }

  /** Has the main loop do one thing after another. */
  run(commands: readonly Command[]): void {
    this.vm.machine.start({ boot: () => this.boot(), commands });
  }

  /** The two commands of the main loop that a request comes to. */
  send(
    execute: string,
    args?: Readonly<Record<string, QObject>>,
    arrived?: () => boolean,
  ): Command[] {
    const request = { execute, ...(args !== undefined && { arguments: args }) };
    return this.monitor.request(request, arrived);
  }

  private *boot(): Routine {
    const { qdev } = this.vm;
    yield* qdev.createMachine();
    yield* this.add('scsi-hba', 'hba');
    for (const boot of this.boots) yield* boot(qdev);
    yield* qdev.machineReady();
  }

  private *add(driver: string, id: string): Routine {
    const device = yield* qdevDeviceAdd(this.vm.qdev, { driver, id });
    if (failed(device)) return this.sim.fail(device.desc);
    yield* unreference(device);
  }
}

/** A line of output in short. */
export function brief(line: Message): string {
  if ('event' in line) return nameOf(line);
  return 'error' in line ? `error: ${line.error.desc}` : `return ${JSON.stringify(line.return)}`;
}

/** Every order in which a monitor says what it says, over all schedules, and what is wrong in any of them. */
export function orders(setup: (sim: Sim) => Monitor): {
  orders: string[];
  wrong: string[];
  report: Report;
} {
  const seen = new Set<string>();
  const report = exploreAll((sim) => {
    const monitor = setup(sim);
    sim.finally(() => {
      seen.add(monitor.said.map(brief).join(' | '));
    });
  });
  return { orders: [...seen].sort(), wrong: found(report), report };
}
