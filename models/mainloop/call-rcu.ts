import type { Atomic, Rcu, Routine, Sim } from '../../src/index.js';
import type { BigLock } from './big-lock.js';

/** What runs after a grace period, under the big lock. */
export type RcuCallback = () => Routine;

/** What makes a reader leave its section that it would not leave by itself. */
export type ForceRcu = () => Routine;

/** What waits for a grace period, in order; never changed. */
class Queue {
  constructor(readonly callbacks: readonly RcuCallback[]) {}

  /** What traces show. */
  get name(): string {
    const { length } = this.callbacks;
    return length === 1 ? '1 callback' : `${length} callbacks`;
  }
}

/**
 * Read-copy-update with the one thread that runs its callbacks: it waits for the grace period without the big lock and runs what was
 * queued before the period began, in order, under it.
 *
 * Upstream: util/rcu.c:call_rcu1, call_rcu_thread, drain_call_rcu. Left out: the thread polls for a while before it begins, so that
 * callbacks gather, which only removes executions; a callback that is not quite in the queue when its turn comes, for which the thread
 * gives the big lock up between two callbacks of one batch; readers kicked again, for a drain that came late, when another has left.
 */
export class CallRcu {
  /** Read sections and grace periods. */
  readonly rcu: Rcu;
  private readonly sim: Sim;
  private readonly bigLock: BigLock;
  /** What is to be run; it stays in the queue until it has been. */
  private readonly queue: Atomic<Queue>;
  /** in_drain_call_rcu */
  private readonly draining: Atomic<number>;
  private readonly notifiers: ForceRcu[] = [];

  /** @param started - whether the thread is there from the start; else `start` makes it */
  constructor(sim: Sim, bigLock: BigLock, started = true) {
    this.sim = sim;
    this.bigLock = bigLock;
    this.rcu = sim.rcu('RCU');
    this.queue = sim.atomic('call_rcu queue', new Queue([]));
    this.draining = sim.atomic('call_rcu drains', 0);
    if (started) sim.thread('call_rcu', () => this.serve(), { service: true });
  }

  /**
   * Starts the thread. What was queued before is run at once, in the caller: while there is one thread, no reader is to be waited for.
   */
  *start(): Routine {
    for (let batch = this.queue.load(); ; batch = this.queue.load()) {
      const { callbacks } = yield* batch;
      if (callbacks.length === 0) break;
      yield* this.run(callbacks);
    }
    yield* this.sim.spawn('call_rcu', () => this.serve(), { service: true });
  }

  /** Whether everything that was queued has run: a peek, allowed where peeks are. */
  get idle(): boolean {
    return this.queue.peek().callbacks.length === 0;
  }

  /** call_rcu1: lock-free. */
  *call(callback: RcuCallback): Routine {
    yield* this.queue.update(({ callbacks }) => new Queue([...callbacks, callback]));
  }

  /**
   * drain_call_rcu: returns when everything that the caller queued has run. It drops the big lock meanwhile: what a caller knew under
   * it may be different afterwards.
   */
  *drain(): Routine {
    const { bigLock, draining, sim } = this;
    const locked = bigLock.mine;
    if (locked) yield* bigLock.unlock();
    const complete = sim.event('drain_complete_event');
    yield* draining.fetchAdd(1);
    yield* this.call(function* () {
      yield* complete.set();
    });
    yield* complete.wait();
    yield* draining.fetchAdd(-1);
    if (locked) yield* bigLock.lock();
  }

  /**
   * rcu_add_force_rcu_notifier, during set-up: what to do to readers when a grace period begins while somebody drains (upstream
   * commits ef149763a8 and dd47a8f654). A drain that comes while the thread already waits for readers is too late for it.
   */
  onForce(notifier: ForceRcu): void {
    this.notifiers.push(notifier);
  }

  /** call_rcu_thread */
  private *serve(): Routine {
    let batch: readonly RcuCallback[] = [];
    const queued = () => {
      batch = this.queue.peek().callbacks;
      return batch.length > 0;
    };
    for (;;) {
      yield* this.sim.serve(queued, 'a callback');
      yield* this.forceReaders();
      yield* this.rcu.synchronize();
      yield* this.bigLock.lock();
      yield* this.run(batch);
      yield* this.bigLock.unlock();
    }
  }

  /** wait_for_readers: what it does besides waiting. */
  private *forceReaders(): Routine {
    if (this.notifiers.length === 0 || (yield* this.draining.load()) === 0) return;
    for (const notify of this.notifiers) yield* notify();
  }

  private *run(batch: readonly RcuCallback[]): Routine {
    for (const callback of batch) yield* callback();
    yield* this.queue.update(({ callbacks }) => new Queue(callbacks.slice(batch.length)));
  }
}
