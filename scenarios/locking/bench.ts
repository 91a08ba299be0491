import {
  AddressSpace,
  accessSpace,
  addSubregion,
  Board,
  ForwarderType,
  head,
  type LockingDesign,
  type MemoryRegion,
  type Outcome,
  PmType,
  type QomObject,
  regionInit,
  unparent,
} from '../../models/index.js';
import { finalizedAtQuiescence, noReEntry } from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';

/** Where firmware puts things. */
export const at = { control: 0x100, io: 0x200, elsewhere: 0x300, ports: 0x400 } as const;

/** Where the second device is. */
export const second = { control: 0x500, io: 0x600 } as const;

/** What answers at an address that is not the device's. */
export const neighbour = 7;

/** What a hazard does on a board with one device, or two. */
export interface Story {
  readonly vcpus: Readonly<Record<string, () => Routine>>;
  /** What management does, in the main thread under the big lock. */
  readonly management?: () => Routine;
  /** Whether the fast region is enabled from the start (default: yes). */
  readonly enabled?: boolean;
  /** Where what is written to the fast region goes on to, less one. */
  readonly next?: 'second device' | 'ports';
  /** Another thing that is mapped, behind the device. */
  readonly neighbourAt?: number;
}

/** A board with a device whose locks are taken as a design has it. */
export class Bench {
  readonly board: Board;
  private made: QomObject | undefined;
  private ports: MemoryRegion | undefined;

  constructor(
    readonly sim: Sim,
    private readonly design: LockingDesign,
  ) {
    this.board = new Board(sim, { memory: head });
    noReEntry(sim, this.board.memory);
    finalizedAtQuiescence(sim, { qom: this.board.machine.qom });
  }

  run(story: Story): void {
    const { management, vcpus } = story;
    const types = this.types(story);
    this.board.qdev.register(...types);
    this.board.start({
      boot: () =>
        this.boot(
          story,
          types.map(({ name }) => name),
        ),
      vcpus,
      commands: management === undefined ? [] : [{ execute: management }],
    });
  }

  /** The device. */
  get device(): QomObject {
    return this.made ?? this.sim.fail('the board has not booted');
  }

  write(address: number, value: number): Routine<Outcome> {
    return accessSpace(this.board.memory.system, { address, size: 4, value });
  }

  read(address: number): Routine<Outcome> {
    return accessSpace(this.board.memory.system, { address, size: 4 });
  }

  /** What unplugging comes to when the guest has let go. */
  *unplug(): Routine {
    yield* unparent(this.device);
  }

  private types({ enabled = true, next }: Story) {
    const { board, design, sim } = this;
    const { memory } = board;
    const container = () => board.systemMemory;
    const system = () => memory.system;
    const { control, io } = at;
    const place = { control, io, enabled };
    if (next === undefined) return [new PmType(memory, container, design, place).info];
    if (next === 'second device') {
      const first = { ...place, next: { space: system, address: second.io } };
      const other = { ...second, enabled, next: { space: system, address: io } };
      return [
        new PmType(memory, container, design, first).info,
        new PmType(memory, container, design, other, 'other-pm').info,
      ];
    }
    const space = new AddressSpace(memory, sim.block('I/O'));
    const forwarder = new ForwarderType({
      name: 'ports-to-memory',
      from: () => this.ports ?? sim.fail('no ports'),
      at: 0,
      size: 0x10,
      to: system,
      target: io,
    });
    this.space = space;
    const first = { ...place, next: { space: () => space, address: 0 } };
    return [new PmType(memory, container, design, first).info, forwarder.info];
  }

  private space: AddressSpace | undefined;

  private *boot({ neighbourAt }: Story, types: readonly string[]): Routine {
    const { board, space } = this;
    if (space !== undefined) this.ports = yield* board.memory.boot(space);
    for (const type of types) {
      const device = yield* board.plug(type, type);
      this.made ??= device;
    }
    if (neighbourAt === undefined) return;
    const options = { name: 'neighbour', size: 0x10, ops: { read: answer } };
    const region = yield* regionInit(board.memory, undefined, options);
    yield* addSubregion(board.systemMemory, region, neighbourAt);
  }
}

function* answer(): Routine<number> {
  return neighbour;
}
