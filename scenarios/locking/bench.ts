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
import {
  finalizedAtQuiescence,
  noReEntry,
  oneLockOrder,
  type SeenLock,
} from '../../properties/index.js';
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

/** A board with a device whose locks are taken as a design has it, which may say that there is an order. */
export class Bench {
  readonly board: Board;
  private made: QomObject | undefined;
  /** The big lock, and those of the devices that are there. */
  private readonly locks: SeenLock[];
  private ports: MemoryRegion | undefined;

  constructor(
    readonly sim: Sim,
    private readonly design: LockingDesign,
    ordered: boolean,
  ) {
    this.board = new Board(sim, { memory: head });
    this.locks = [this.board.machine.bigLock];
    noReEntry(sim, this.board.memory);
    finalizedAtQuiescence(sim, { qom: this.board.machine.qom });
    if (ordered) oneLockOrder(sim, () => this.locks);
  }

  run(story: Story): void {
    const { management, vcpus } = story;
    const types = this.types(story);
    this.board.qdev.register(...types.map(({ info }) => info));
    this.board.start({
      boot: () => this.boot(story, types),
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

  private types({ enabled = true, next }: Story): readonly (PmType | ForwarderType)[] {
    const { board, design, sim } = this;
    const { memory } = board;
    const container = () => board.systemMemory;
    const system = () => memory.system;
    const { control, io } = at;
    const place = { control, io, enabled };
    if (next === undefined) return [new PmType(memory, container, design, place)];
    if (next === 'second device') {
      const first = { ...place, next: { space: system, address: second.io } };
      const other = { ...second, enabled, next: { space: system, address: io } };
      return [
        new PmType(memory, container, design, first),
        new PmType(memory, container, design, other, 'other-pm'),
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
    return [new PmType(memory, container, design, first), forwarder];
  }

  private space: AddressSpace | undefined;

  private *boot({ neighbourAt }: Story, types: readonly (PmType | ForwarderType)[]): Routine {
    const { board, space } = this;
    if (space !== undefined) this.ports = yield* board.memory.boot(space);
    for (const type of types) {
      const { name } = type.info;
      const device = yield* board.plug(name, name);
      if (type instanceof PmType) this.locks.push(lockIn(device, type));
      this.made ??= device;
    }
    if (neighbourAt === undefined) return;
    const options = { name: 'neighbour', size: 0x10, ops: { read: answer } };
    const region = yield* regionInit(board.memory, undefined, options);
    yield* addSubregion(board.systemMemory, region, neighbourAt);
  }
}

/** A device's own lock, which goes with the device. */
function lockIn(device: QomObject, type: PmType): SeenLock {
  const lock = type.lockOf(device);
  return {
    name: lock.name,
    get holder() {
      return device.instance.alive ? lock.holder : undefined;
    },
  };
}

function* answer(): Routine<number> {
  return neighbour;
}
