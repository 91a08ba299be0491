import {
  Board,
  type BounceBudget,
  type DeviceOptions,
  ejectPortType,
  failed,
  head,
  type Mapping,
  pciBusMasterType,
  pciHotplugInit,
  portioOwnerType,
  type QomObject,
  qdevDeviceAdd,
  qmpDeviceDel,
  type TypeInfo,
  unplugAndEject,
  unreference,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import { type Routine, type Scenario, type Sim, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import type { Release } from './designs.js';

/** A type of devices, of which one is plugged while the machine runs and then unplugged. */
export interface Hazard extends HazardColumn {
  /** What has to be known to plug one. */
  readonly types: (board: Board) => readonly TypeInfo[];
  /** What is there before the machine is ready. */
  readonly cold?: (bench: Bench) => Routine;
  /** What is made before the device is plugged, while the machine runs. */
  readonly before?: (bench: Bench) => Routine;
  /** What is done with the device when it is there. */
  readonly use?: (bench: Bench) => Routine;
  /** What is taken away when the device has left the tree. */
  readonly after?: (bench: Bench) => Routine;
  /** What device_add is told beside the id. */
  readonly options: DeviceOptions;
  /** Whether it goes at once when management says so, without the guest. */
  readonly synchronous?: boolean;
  readonly machineType?: string;
}

/** A board, and a device that comes and goes. */
export class Bench {
  readonly board: Board;
  /** Memory of the device that somebody works on. */
  readonly mappings: Mapping[] = [];
  /** For as much of it as is in bounce buffers. */
  readonly budget: BounceBudget;
  /** The id of the device: the name of its type. */
  private readonly id: string;
  private readonly types: readonly TypeInfo[];
  private port: QomObject | undefined;

  constructor(
    readonly sim: Sim,
    private readonly hazard: Hazard,
    { model }: Release,
  ) {
    const { machineType } = hazard;
    this.id = hazard.name;
    const memory = { ...head, subregions: model };
    this.board = new Board(sim, { memory, ...(machineType !== undefined && { machineType }) });
    this.budget = { used: sim.atomic('bounce_buffer_size', 0), limit: 4 };
    this.types = hazard.types(this.board);
    this.board.qdev.register(ejectPortType, pciBusMasterType, ...this.types);
  }

  /** Plugs the device at boot, when nothing else happens yet; then management has it go. */
  run(): void {
    const { board, id, sim, types } = this;
    const { machine, qdev } = board;
    const { qom } = machine;
    finalizedAtQuiescence(sim, { qom, told: [id], events: qdev.events });
    // What is no device: parts of devices, what they were made with, owners of ports.
    for (const { name: type } of [...types, portioOwnerType]) {
      finalizedAtQuiescence(sim, { qom, type });
    }
    const gone = sim.reachable('the device has left the tree');
    board.start({
      boot: () => this.boot(),
      commands: [{ execute: () => this.del(gone) }],
    });
  }

  private *boot(): Routine {
    const { board, hazard, id } = this;
    if (hazard.cold !== undefined) yield* hazard.cold(this);
    this.port = yield* pciHotplugInit(board);
    if (hazard.before !== undefined) yield* hazard.before(this);
    yield* this.add({ ...hazard.options, id });
    if (hazard.use !== undefined) yield* hazard.use(this);
  }

  /** device_add that has to succeed. */
  *add(options: DeviceOptions): Routine {
    const device = yield* qdevDeviceAdd(this.board.qdev, options);
    if (failed(device)) return this.sim.fail(device.desc);
    yield* unreference(device);
    return undefined;
  }

  private *del(gone: () => void): Routine {
    const { board, hazard, id, port, sim } = this;
    if (port === undefined) return sim.fail('the board has not booted');
    const failure =
      hazard.synchronous === true
        ? yield* qmpDeviceDel(board.qdev, id)
        : yield* unplugAndEject(board, port, id);
    sim.assert(failure === undefined, () => failure?.desc ?? '');
    gone();
    if (hazard.after !== undefined) yield* hazard.after(this);
    return undefined;
  }
}

/** Applies the rules of a release to a type. */
export function scenarioOf(hazard: Hazard, release: Release, name: string): Scenario {
  const { description } = hazard;
  return scenario(name, (sim) => new Bench(sim, hazard, release).run(), {
    description,
    source: release.where,
  });
}
