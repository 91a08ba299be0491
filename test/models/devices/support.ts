import {
  type Activity,
  Board,
  type DeviceOptions,
  ejectPortType,
  failed,
  head,
  type MemoryDesign,
  pciHotplugInit,
  type QdevEvent,
  type QomObject,
  qdevDeviceAdd,
  type TypeInfo,
  unplugAndEject,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';

/** What a rig is made of. */
export interface RigOptions {
  /** Absent: as upstream. */
  readonly memory?: MemoryDesign;
  readonly machineType?: string;
}

/** What happens besides commands. */
interface RigActivity extends Pick<Activity, 'boot' | 'vcpus'> {
  readonly cold?: () => Routine;
}

/** A board into which devices are plugged while it runs. */
export class Rig {
  readonly board: Board;
  private port: QomObject | undefined;

  constructor(
    private readonly sim: Sim,
    { memory = head, machineType }: RigOptions = {},
  ) {
    this.board = new Board(sim, { memory, ...(machineType !== undefined && { machineType }) });
    this.register(ejectPortType);
  }

  register(...types: readonly TypeInfo[]): void {
    this.board.qdev.register(...types);
  }

  /** device_add that has to succeed; without the reference that comes with it. */
  *add(options: DeviceOptions): Routine<QomObject> {
    const device = yield* qdevDeviceAdd(this.board.qdev, options);
    if (failed(device)) return this.sim.fail(device.desc);
    yield* unreference(device);
    return device;
  }

  /** device_del, and that the guest lets the device go. */
  *del(id: string): Routine {
    const { port, sim } = this;
    if (port === undefined) return sim.fail('the board has not booted');
    const failure = yield* unplugAndEject(this.board, port, id);
    sim.assert(failure === undefined, () => failure?.desc ?? '');
  }

  /**
   * One thing after another as commands of management, while virtual CPUs do what they do. What is plugged by `boot` is hot-plugged, and
   * nothing happens beside it.
   *
   * @param cold - what is plugged before the machine is ready
   */
  run(
    commands: readonly (() => Routine<unknown>)[],
    { boot = nothing, cold = nothing, vcpus = {} }: RigActivity = {},
  ): void {
    this.board.start({
      boot: () => this.boot(cold, boot),
      vcpus,
      commands: commands.map((command) => ({ execute: () => ignored(command) })),
    });
  }

  /** What management was told, in order: a peek. */
  get told(): string[] {
    return this.board.qdev.events.peek().map(nameOf);
  }

  private *boot(cold: () => Routine, more: () => Routine): Routine {
    yield* cold();
    this.port = yield* pciHotplugInit(this.board);
    yield* more();
  }
}

function nameOf({ device, path }: QdevEvent): string {
  return device ?? path;
}

function* ignored(routine: () => Routine<unknown>): Routine {
  yield* routine();
}

function* nothing(): Routine {}
