import {
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
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';

/** What happens on the machine when it has booted. */
interface Story {
  /** Before the machine is ready, when the controller is there. */
  readonly boot?: () => Routine;
  readonly vcpus?: Readonly<Record<string, () => Routine>>;
  readonly commands: readonly (() => Routine<unknown>)[];
}

/** A machine with a SCSI controller, in one of the ways in which devices and buses work. */
export class ScsiMachine {
  readonly machine: Machine;
  readonly qdev: Qdev;
  private readonly sim: Sim;
  private controller: QomObject | undefined;
  private scsiBus: QomObject | undefined;

  constructor(sim: Sim, design: Partial<QdevDesign>, types: readonly TypeInfo[] = []) {
    this.sim = sim;
    this.machine = new Machine(sim);
    this.qdev = new Qdev(this.machine, design);
    this.qdev.register(scsiBusType, scsiControllerType, scsiDiskType, ...types);
    const { qom } = this.machine;
    finalizedAtQuiescence(sim, { qom });
  }

  get hba(): QomObject {
    return this.controller ?? this.sim.fail('the machine has not booted');
  }

  get bus(): QomObject {
    return this.scsiBus ?? this.sim.fail('the machine has not booted');
  }

  /** @param driver - the type of the controller */
  start({ boot, vcpus = {}, commands }: Story, driver: string = scsiControllerType.name): void {
    this.machine.start({
      boot: () => this.boot(driver, boot),
      vcpus,
      commands: commands.map((command) => ({ execute: () => silently(command) })),
    });
  }

  /** device_add, which has to succeed. */
  *add(driver: string, id: string): Routine<QomObject> {
    const device = yield* qdevDeviceAdd(this.qdev, { driver, id });
    if (failed(device)) return this.sim.fail(device.desc);
    yield* unreference(device);
    return device;
  }

  private *boot(driver: string, rest: Story['boot']): Routine {
    yield* this.qdev.createMachine();
    this.controller = yield* this.add(driver, 'hba');
    [this.scsiBus] = yield* deviceState(this.controller).childBuses.read();
    if (rest !== undefined) yield* rest();
    yield* this.qdev.machineReady();
  }
}

function* silently(command: () => Routine<unknown>): Routine {
  yield* command();
}
