import {
  type AioContext,
  around,
  type HandlerDesign,
  IoThread,
  Machine,
  objectNew,
  type QomObject,
  type SharedState,
  type TypeInfo,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import type { Block, Mutex, Plain, Routine, Sim } from '../../src/index.js';
import { type Kind, type Registration, registration } from './registration.js';

/** What a device has that its callback works on. */
interface Fields {
  /** Protects the register, where the big lock does not. */
  readonly lock: Mutex;
  readonly register: Plain<number>;
  /** What is changed in two halves. */
  readonly window: SharedState;
}

/** What a hazard does. */
export interface Story {
  /** What the callback of a device does. */
  readonly callback: (device: Device) => Routine;
  /** What the other thread does, under the big lock. */
  readonly other?: () => Routine;
  /** instance_finalize of a device. */
  readonly finalize?: () => Routine;
  /** Whether there is a second device. */
  readonly two?: boolean;
}

/** A machine with a device that is registered in an event loop, and maybe another. */
export class Bench {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly first: Device;
  readonly second: Device;
  readonly registration: Registration;
  private readonly design: HandlerDesign;
  private readonly iothread: IoThread | undefined;
  private told: Story | undefined;

  constructor(sim: Sim, design: HandlerDesign, kind: Kind) {
    this.sim = sim;
    this.design = design;
    this.machine = new Machine(sim);
    const rules = design.rules(this.machine, () => this.ownThread);
    if (design.thread === 'iothread') this.iothread = new IoThread(sim, 'iothread', rules);
    this.first = new Device(this, 'device');
    this.second = new Device(this, 'other-device');
    this.machine.qom.types.register(this.first.type);
    this.machine.qom.types.register(this.second.type);
    this.registration = registration(kind, this);
  }

  /**
   * Starts everything: the handler is registered, and has something to do. The other thread is a virtual CPU if the main thread is who
   * calls, else the main thread.
   */
  run(story: Story): void {
    this.told = story;
    const { other = nothing } = story;
    const { bigLock } = this.machine;
    const boot = () => this.boot();
    if (this.design.thread === 'iothread') {
      this.machine.start({ boot, commands: [{ execute: other }] });
    } else this.machine.start({ boot, vcpus: { vcpu: () => bigLock.guard(other) } });
  }

  /** What calls. */
  get loop(): AioContext {
    return this.iothread?.context ?? this.machine.loop.context;
  }

  /** What the callback of a device does. */
  callback(device: Device): Routine {
    return (this.told ?? this.sim.fail('no story')).callback(device);
  }

  /** What instance_finalize of a device does. */
  *finalize(): Routine {
    yield* this.told?.finalize?.() ?? nothing();
  }

  /** Says that the first device must be gone in the end. */
  goesAway(): void {
    finalizedAtQuiescence(this.sim, { qom: this.machine.qom, type: this.first.type.name });
  }

  /** Drops the one reference on a device. */
  release(device: Device): Routine {
    return this.design.release(this.machine, device.owner());
  }

  /** Does something under what protects a device: its own lock, or the big lock. */
  *locked({ fields }: Device, body: () => Routine): Routine {
    const { bigLock } = this.machine;
    if (this.design.thread === 'main loop') {
      yield* around(bigLock, body);
      return;
    }
    yield* fields.lock.lock();
    yield* body();
    yield* fields.lock.unlock();
  }

  /** What callbacks read and others change. */
  shared(block: Block): SharedState {
    return this.design.shared(block, 'window');
  }

  private *boot(): Routine {
    yield* this.first.made();
    if (this.told?.two === true) yield* this.second.made();
    yield* this.registration.register(this.first);
  }

  private get ownThread(): IoThread {
    return this.iothread ?? this.sim.fail('no event loop of its own');
  }
}

/** A device whose one reference the machine holds. */
export class Device {
  readonly type: TypeInfo<Fields>;
  private object: QomObject | undefined;

  constructor(
    private readonly bench: Bench,
    readonly name: string,
  ) {
    this.type = {
      name,
      parent: 'object',
      fields: (block) => ({
        lock: block.mutex('lock'),
        register: block.plain('register', 0),
        window: bench.shared(block),
      }),
      instanceFinalize: () => bench.finalize(),
    };
  }

  /** During boot. */
  *made(): Routine {
    this.object = yield* objectNew(this.bench.machine.qom, this.name);
  }

  readonly owner = (): QomObject => this.object ?? this.bench.sim.fail('no device');

  get fields(): Fields {
    return this.owner().as(this.type);
  }

  /** What an event loop calls. */
  readonly callback = (): Routine => this.called();

  /** Changes the register. */
  *touch(): Routine {
    const { register } = this.fields;
    yield* register.write((yield* register.read()) + 1);
  }

  private *called(): Routine {
    yield* this.bench.registration.begins();
    yield* this.bench.callback(this);
  }
}

function* nothing(): Routine {}
