import {
  around,
  Machine,
  objectNew,
  QemuClock,
  type QemuTimer,
  type QomObject,
  type TimerDesign,
  type TimerList,
  type TypeInfo,
  timerInit,
  timerThread,
} from '../../models/index.js';
import { finalizedAtQuiescence } from '../../properties/index.js';
import {
  type Block,
  type Mutex,
  type Plain,
  type Routine,
  type Scenario,
  type Sim,
  scenario,
} from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import { type Overlap, overlap, window } from '../window.js';

/** A device with a register and two timers, one of them urgent. */
interface Device {
  /** Protects the register, where the big lock does not. */
  readonly lock: Mutex;
  readonly register: Plain<number>;
  readonly timer: QemuTimer;
  readonly urgent: QemuTimer;
}

/** What a hazard does with the device. */
export interface Story {
  /** What the timer's callback does. */
  readonly callback: () => Routine;
  /** What the urgent timer's callback does; absent: it is never armed. */
  readonly urgent?: () => Routine;
  /** What the guest does. */
  readonly guest?: () => Routine;
  /** instance_finalize of the device. */
  readonly finalize?: () => Routine;
}

/** Everything of a scenario but the design. */
export interface Hazard extends HazardColumn {
  readonly story: (bench: Bench) => Story;
}

/** A machine with one device, whose timers are run as a design has it. */
export class Bench {
  readonly sim: Sim;
  readonly machine: Machine;
  private readonly design: TimerDesign;
  private readonly lists: readonly TimerList[];
  private readonly type: TypeInfo<Device>;
  private story: Story | undefined;
  private made: QomObject | undefined;

  constructor(sim: Sim, design: TimerDesign) {
    this.sim = sim;
    this.design = design;
    this.machine = new Machine(sim);
    const clock = new QemuClock(sim, this.machine.bigLock);
    const names = ['timers', 'urgent'].slice(0, design.instances);
    this.lists = names.map((name) => clock.list(name, design));
    this.type = {
      name: 'ticker',
      parent: 'object',
      fields: (block) => this.layOut(block),
      instanceFinalize: () => this.told('finalize'),
    };
    this.machine.qom.types.register(this.type);
  }

  /** Starts everything: the timer is armed at 10, the urgent one, if there is one, at 20. */
  run(story: Story): void {
    const { machine, design, lists, sim } = this;
    this.story = story;
    for (const [i, list] of lists.entries()) {
      if (design.thread === 'main loop') machine.loop.addTimers(list);
      else timerThread(sim, i === 0 ? 'timer thread' : 'urgent thread', list);
    }
    const { guest } = story;
    machine.start({
      boot: () => this.boot(),
      ...(guest === undefined ? {} : { vcpus: { vcpu: guest } }),
    });
  }

  /** The device. */
  get object(): QomObject {
    return this.made ?? this.sim.fail('no device');
  }

  get device(): Device {
    return this.object.as(this.type);
  }

  /** timer_mod of the device's timer. */
  *mod(expire: number): Routine {
    const [list] = this.lists;
    yield* list!.mod(this.device.timer, expire);
  }

  /** timer_del of the device's timer. */
  *del(): Routine {
    const [list] = this.lists;
    yield* list!.del(this.device.timer);
  }

  /** Does something under what protects the device: its own lock, or the big lock. */
  *locked(body: () => Routine): Routine {
    const { bigLock } = this.machine;
    if (this.design.thread !== 'thread') {
      yield* around(bigLock, body);
      return;
    }
    const { lock } = this.device;
    yield* lock.lock();
    yield* body();
    yield* lock.unlock();
  }

  /** Does something as whoever changes the machine does it, whatever protects the device. */
  underBigLock(body: () => Routine): Routine {
    return this.machine.bigLock.guard(body);
  }

  /** Says that the device must be gone in the end. */
  goesAway(): void {
    finalizedAtQuiescence(this.sim, { qom: this.machine.qom, type: this.type.name });
  }

  /** Has the search see what others do while the callback runs, or, where the big lock keeps them apart, before it has run. */
  meets(what: string): Overlap {
    const { sim, design } = this;
    if (design.thread === 'thread') return overlap(sim, `${what} while the callback runs`);
    return { *begin() {}, ...window(sim, `${what}, callback not over`) };
  }

  /** Changes the register. */
  *touch(): Routine {
    const { register } = this.device;
    yield* register.write((yield* register.read()) + 1);
  }

  private *boot(): Routine {
    const { lists, machine, type } = this;
    this.made = yield* objectNew(machine.qom, type.name);
    yield* this.mod(10);
    if (this.story?.urgent === undefined) return;
    yield* lists.at(-1)!.mod(this.device.urgent, 20);
  }

  private layOut(block: Block): Device {
    const owner = () => this.object;
    return {
      lock: block.mutex('lock'),
      register: block.plain('register', 0),
      timer: timerInit(block, 'timer', () => this.told('callback'), owner),
      urgent: timerInit(block, 'urgent', () => this.told('urgent'), owner),
    };
  }

  private *told(what: 'callback' | 'urgent' | 'finalize'): Routine {
    const body = this.story?.[what];
    if (body !== undefined) yield* body();
  }
}

/** Applies a hazard to a design. */
export function scenarioOf(
  { description, story }: Hazard,
  design: TimerDesign,
  name: string,
  source: string,
): Scenario {
  return scenario(
    name,
    (sim) => {
      const bench = new Bench(sim, design);
      bench.run(story(bench));
    },
    { description, source },
  );
}
