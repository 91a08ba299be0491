import type { Atomic, Rcu, Routine, Sim } from '../../src/index.js';
import type { BigLock } from './big-lock.js';

/** What runs after a grace period, under the big lock. */
export type RcuCallback = () => Routine;

/** What makes a reader leave its section that it would not leave by itself. */
export type ForceRcu = () => Routine;

/**
 * Read-copy-update with the one thread that runs its callbacks: it waits for the grace period without the big lock and runs what was
 * queued before the period began, in order, under it.
 *
 * Upstream: util/rcu.c:call_rcu1, call_rcu_thread, drain_call_rcu. Left out: the thread polls for a while before it begins, so that
 * callbacks gather, which only removes executions.
 */
export class CallRcu {
  /** Read sections and grace periods. */
  readonly rcu: Rcu;
  private readonly sim: Sim;
  private readonly bigLock: BigLock;
  /** What is to be run; it stays in the queue until it has been. */
  private readonly queue: Atomic<readonly RcuCallback[]>;

  /** @param started - whether the thread is there from the start; else `start` makes it */
  constructor(sim: Sim, bigLock: BigLock, started = true) {
    this.sim = sim;
    this.bigLock = bigLock;
    this.rcu = sim.rcu('RCU');
    this.queue = sim.atomic<readonly RcuCallback[]>('call_rcu queue', []);
    if (started) sim.thread('call_rcu', () => this.serve(), { daemon: true });
    sim.finally(() => {
      sim.assert(this.idle, 'the call_rcu thread cannot run its callbacks');
    });
  }

  /**
   * Starts the thread. What was queued before is run at once, in the caller: while there is one thread, no reader is to be waited for.
   */
  *start(): Routine {
    for (let batch = this.queue.load(); ; batch = this.queue.load()) {
      const callbacks = yield* batch;
      if (callbacks.length === 0) break;
      yield* this.run(callbacks);
    }
    yield* this.sim.spawn('call_rcu', () => this.serve(), { daemon: true });
  }

  /** Whether nothing is queued or running: a peek, allowed where peeks are. */
  get idle(): boolean {
    return this.queue.peek().length === 0;
  }

  /** call_rcu1: lock-free. */
  *call(callback: RcuCallback): Routine {
    yield* this.queue.update((queue) => [...queue, callback]);
  }

  /** call_rcu_thread */
  private *serve(): Routine {
    let batch: readonly RcuCallback[] = [];
    const queued = () => {
      batch = this.queue.peek();
      return batch.length > 0;
    };
    for (;;) {
      yield* this.sim.until(queued, 'a callback');
      yield* this.rcu.synchronize();
      yield* this.bigLock.lock();
      yield* this.run(batch);
      yield* this.bigLock.unlock();
    }
  }

  private *run(batch: readonly RcuCallback[]): Routine {
    for (const callback of batch) yield* callback();
    yield* this.queue.update((queue) => queue.slice(batch.length));
  }
}
