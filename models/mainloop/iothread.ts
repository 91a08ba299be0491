import type { Atomic, Routine, Sim } from '../../src/index.js';
import { AioContext } from './aio-context.js';

/**
 * A thread with an event loop of its own, which runs without the big lock.
 *
 * Upstream: iothread.c:iothread_run.
 */
export class IoThread {
  readonly context: AioContext;
  private readonly busy: Atomic<boolean>;

  /** During set-up. */
  constructor(sim: Sim, name: string) {
    this.context = new AioContext(sim, name);
    this.busy = sim.atomic(`${name} busy`, false);
    sim.thread(name, () => this.serve(sim, name), { daemon: true });
  }

  /** Whether it has nothing to do: a peek, allowed where peeks are. */
  get idle(): boolean {
    return this.context.look() === undefined && !this.busy.peek();
  }

  private *serve(sim: Sim, name: string): Routine {
    for (;;) {
      yield* sim.until(() => this.context.look() !== undefined, `something for ${name} to do`);
      yield* this.busy.store(true);
      yield* this.context.poll();
      yield* this.busy.store(false);
    }
  }
}
