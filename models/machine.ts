import type { Atomic, Routine, Sim } from '../src/index.js';
import type { Command } from './mainloop/aio-context.js';
import { BigLock } from './mainloop/big-lock.js';
import { CallRcu } from './mainloop/call-rcu.js';
import { MainLoop } from './mainloop/main-loop.js';
import { type PropertyDeletion, Qom } from './qom/qom.js';

/** What happens on a machine. */
export interface Activity {
  /** Before any other thread exists, in the main thread under the big lock. */
  readonly boot?: () => Routine;
  /** What the virtual CPUs do, by the name of their thread. Each starts without the big lock. */
  readonly vcpus?: Readonly<Record<string, () => Routine>>;
  /** What management asks of the main loop, in order. */
  readonly commands?: readonly Command[];
}

/**
 * One virtual machine: the threads that every process has, and the locks they share. What it is made of (devices, buses, memory) is
 * built on top.
 */
export class Machine {
  readonly sim: Sim;
  readonly bigLock: BigLock;
  readonly callRcu: CallRcu;
  readonly loop: MainLoop;
  readonly qom: Qom;
  private readonly others: (() => boolean)[] = [];

  constructor(sim: Sim, propertyDeletion?: PropertyDeletion) {
    this.sim = sim;
    this.bigLock = new BigLock(sim);
    this.callRcu = new CallRcu(sim, this.bigLock, false);
    this.loop = new MainLoop(sim, this.bigLock);
    this.qom = new Qom(sim, propertyDeletion);
  }

  /** Has the machine run until this holds, too: that another thread has nothing left to do. Only peeks. During set-up. */
  alsoQuiet(idle: () => boolean): void {
    this.others.push(idle);
  }

  /** Makes the main thread, which starts the others; it ends when all is quiet. */
  start({ boot, vcpus = {}, commands = [] }: Activity): void {
    const { sim } = this;
    const running: Atomic<boolean>[] = [];
    const quiet = () =>
      running.every((each) => !each.peek()) &&
      this.callRcu.idle &&
      this.others.every((idle) => idle());
    sim.thread('main', () => this.main(boot, vcpus, running, commands, quiet));
  }

  private *main(
    boot: Activity['boot'],
    vcpus: NonNullable<Activity['vcpus']>,
    running: Atomic<boolean>[],
    commands: readonly Command[],
    quiet: () => boolean,
  ): Routine {
    yield* this.bigLock.lock();
    if (boot !== undefined) yield* boot();
    yield* this.callRcu.start();
    for (const [name, body] of Object.entries(vcpus)) {
      const runs = this.sim.atomic(`${name} runs`, true);
      running.push(runs);
      yield* this.sim.spawn(name, () => virtualCpu(body, runs));
    }
    yield* this.loop.run(commands, quiet);
    yield* this.bigLock.unlock();
  }
}

/** Upstream: accel/tcg/tcg-accel-ops-mttcg.c:mttcg_cpu_thread_fn, of which only what the guest does is left. */
function* virtualCpu(body: () => Routine, runs: Atomic<boolean>): Routine {
  yield* body();
  yield* runs.store(false);
}
