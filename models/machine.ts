import type { Routine, Sim } from '../src/index.js';
import type { Command } from './mainloop/aio-context.js';
import { BigLock } from './mainloop/big-lock.js';
import { CallRcu } from './mainloop/call-rcu.js';
import { type CommandContext, MainLoop } from './mainloop/main-loop.js';
import { type PropertyDeletion, Qom } from './qom/qom.js';

/** What happens on a machine. */
export interface Activity {
  /** Before any other thread exists, in the main thread under the big lock. */
  readonly boot?: () => Routine;
  /** What the virtual CPUs do, by the name of their thread. Each starts without the big lock. */
  readonly vcpus?: Readonly<Record<string, () => Routine>>;
  /** What management asks of the main loop, in order. */
  readonly commands?: readonly Command[];
  /** When the main loop has ended: under the big lock. */
  readonly ended?: () => Routine;
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
  private booted = false;

  /** @param commandContext - where commands are executed; absent: as upstream */
  constructor(sim: Sim, propertyDeletion?: PropertyDeletion, commandContext?: CommandContext) {
    this.sim = sim;
    this.bigLock = new BigLock(sim);
    this.callRcu = new CallRcu(sim, this.bigLock, false);
    this.loop = new MainLoop(sim, this.bigLock, commandContext);
    this.qom = new Qom(sim, propertyDeletion);
  }

  /**
   * Makes the main thread, which starts the others and serves them until nothing is left to do. That it is stuck in what it does, or
   * cannot execute its commands, is a deadlock.
   */
  start({ boot, vcpus = {}, commands = [], ended }: Activity): void {
    this.qom.types.initializeAll();
    this.sim.thread('main', () => this.main(boot, vcpus, commands, ended), { service: true });
  }

  /** Whether there may be other threads than the main thread: each of these has known it from its beginning. */
  get running(): boolean {
    return this.booted;
  }

  private *main(
    boot: Activity['boot'],
    vcpus: NonNullable<Activity['vcpus']>,
    commands: readonly Command[],
    ended: Activity['ended'],
  ): Routine {
    yield* this.bigLock.lock();
    if (boot !== undefined) yield* boot();
    this.booted = true;
    yield* this.callRcu.start();
    // mttcg_cpu_thread_fn, of which only what the guest does is left.
    for (const [name, body] of Object.entries(vcpus)) yield* this.sim.spawn(name, body);
    yield* this.loop.run(commands);
    if (ended !== undefined) yield* ended();
  }
}
