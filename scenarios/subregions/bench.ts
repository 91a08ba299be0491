import {
  addChild,
  type DeviceTypeInfo,
  deviceState,
  head,
  Machine,
  Memory,
  type MemoryRegion,
  objectNew,
  Qdev,
  type QomObject,
  qdevRealize,
  type RegionOps,
  regionInit,
  unparent,
  unreference,
} from '../../models/index.js';
import { finalizedAtQuiescence, noCallOnFinalized } from '../../properties/index.js';
import type { Block, Routine, Sim } from '../../src/index.js';
import type { Habits, SubregionRow } from './designs.js';

/** What a type of devices does at each turn of its life. */
export interface DeviceStory {
  readonly name: string;
  readonly realize: (device: Device) => Routine;
  /** At unrealize. */
  readonly exit: (device: Device) => Routine;
  /** In instance_finalize. */
  readonly finalize?: (device: Device) => Routine;
}

/** A device and its regions. */
export class Device {
  /** By name; complete when the device is realized. */
  readonly regions: Map<string, MemoryRegion> = new Map();

  constructor(
    readonly bench: Bench,
    private readonly block: Block,
  ) {}

  /** What was made in the device's own memory, or on the heap. */
  region(name: string): MemoryRegion {
    return this.regions.get(name) ?? this.bench.sim.fail(`no region ${name}`);
  }

  /**
   * A region of a device; with callbacks if it has a register behind it, else a container.
   *
   * @param memory - where it is; absent: a part of the device
   */
  *make(
    owner: QomObject,
    name: string,
    kind: 'container' | 'register' | { readonly aliasOf: string },
    memory: Block = this.block.embed(name),
  ): Routine<MemoryRegion> {
    const options = { name, size: 0x10, owner };
    const register = kind === 'register' ? memory.plain('register', 0) : undefined;
    const ops: RegionOps | undefined = register && {
      *read() {
        return yield* register.read();
      },
    };
    const alias =
      typeof kind === 'object' ? { target: this.region(kind.aliasOf), offset: 0 } : undefined;
    const region = yield* regionInit(this.bench.memory, memory, {
      ...options,
      ...(ops && { ops }),
      ...(alias && { alias }),
    });
    this.regions.set(name, region);
    return region;
  }
}

/** A machine whose memory works in a row's way, and what is watched in it. */
export class Bench {
  readonly machine: Machine;
  readonly memory: Memory;
  readonly qdev: Qdev;
  readonly habits: Habits;
  private readonly types = new Map<string, DeviceTypeInfo<Device>>();
  private readonly plugged = new Map<string, QomObject>();
  private root: MemoryRegion | undefined;

  constructor(
    readonly sim: Sim,
    { model, deletion, habits }: SubregionRow,
  ) {
    this.machine = new Machine(sim, deletion);
    this.memory = new Memory(this.machine, { ...head, subregions: model });
    this.qdev = new Qdev(this.machine);
    this.habits = habits;
  }

  /** A type of devices. During set-up. */
  define({ name, realize, exit, finalize }: DeviceStory): void {
    const info: DeviceTypeInfo<Device> = {
      name,
      parent: 'device',
      fields: (block) => new Device(this, block),
      *realize(object) {
        yield* realize(object.as(info));
      },
      unrealize: (object) => exit(object.as(info)),
      ...(finalize && { instanceFinalize: (object) => finalize(object.as(info)) }),
    };
    this.types.set(name, info);
    this.qdev.register(info);
  }

  /**
   * Starts the machine, where one device of each type is plugged in at boot, in this order; then management unplugs some, and the guest
   * reads.
   */
  run(story: { readonly unplug: readonly string[]; readonly guest?: () => Routine }): void {
    const { machine, qdev, sim } = this;
    const { unplug, guest } = story;
    finalizedAtQuiescence(sim, { qom: machine.qom, told: unplug, events: qdev.events });
    noCallOnFinalized(sim, machine.qom);
    machine.start({
      boot: () => this.boot(),
      vcpus: guest === undefined ? {} : { vcpu: guest },
      commands: unplug.map((name) => ({ execute: () => unparent(this.object(name)) })),
    });
  }

  /** What the guest sees. */
  get system(): MemoryRegion {
    return this.root ?? this.sim.fail('the machine has not booted');
  }

  /** The object of a device, by the name of its type. */
  object(name: string): QomObject {
    return this.plugged.get(name) ?? this.sim.fail(`no ${name} is plugged in`);
  }

  /** What a device has beyond the object, by the name of its type. */
  device(name: string): Device {
    const info = this.types.get(name);
    return info === undefined ? this.sim.fail(`no type ${name}`) : this.object(name).as(info);
  }

  private *boot(): Routine {
    this.root = yield* this.memory.boot();
    const { peripheral } = yield* this.qdev.createMachine();
    for (const name of this.types.keys()) {
      const object = yield* objectNew(this.machine.qom, name, name);
      this.plugged.set(name, object);
      yield* addChild(peripheral, name, object);
      yield* deviceState(object).id.write(name);
      yield* qdevRealize(object);
      yield* unreference(object);
    }
  }
}
