import type { Atomic, Rcu, Routine, Sim } from '../../src/index.js';
import type { BigLock } from './big-lock.js';

/** What runs after a grace period, under the big lock. */
export type RcuCallback = () => Routine;

/**
 * Read-copy-update with the one thread that runs its callbacks: it waits for the grace period without the big lock and runs what was
 * queued before the period began, in order, under it.
 *
 * Upstream: util/rcu.c:call_rcu1, call_rcu_thread. Left out: the thread polls for a while before it begins, so that callbacks
 * gather, which only removes executions; and drain_call_rcu.
 */
export class CallRcu {
  /** Read sections and grace periods. */
  readonly rcu: Rcu;
  private readonly queue: Atomic<readonly RcuCallback[]>;
  private readonly running: Atomic<boolean>;

  constructor(sim: Sim, bigLock: BigLock) {
    this.rcu = sim.rcu('RCU');
    this.queue = sim.atomic<readonly RcuCallback[]>('call_rcu queue', []);
    this.running = sim.atomic('call_rcu running', false);
    sim.thread('call_rcu', () => this.serve(sim, bigLock), { daemon: true });
    sim.finally(() => {
      sim.assert(this.idle, 'the call_rcu thread cannot run its callbacks');
    });
  }

  /** Whether nothing is queued or running: a peek, allowed where peeks are. */
  get idle(): boolean {
    return this.queue.peek().length === 0 && !this.running.peek();
  }

  /** call_rcu1: lock-free. */
  *call(callback: RcuCallback): Routine {
    yield* this.queue.update((queue) => [...queue, callback]);
  }

  private *serve(sim: Sim, bigLock: BigLock): Routine {
    for (;;) {
      yield* sim.until(() => this.queue.peek().length > 0, 'a callback');
      yield* this.running.store(true);
      const { length } = yield* this.queue.load();
      yield* this.rcu.synchronize();
      yield* bigLock.guard(() => this.run(length));
      yield* this.running.store(false);
    }
  }

  private *run(count: number): Routine {
    for (let i = 0; i < count; i++) {
      const [callback] = yield* this.queue.update((queue) => queue.slice(1));
      if (callback !== undefined) yield* callback();
    }
  }
}
