import type { Mutex, Routine, Sim } from '../../src/index.js';

/**
 * The big QEMU lock. Not recursive: taking it twice is an assertion upstream and `lock-misuse` here. State that nothing else protects
 * is `plain` in these models, so that an access without the lock is a data race.
 *
 * Upstream: system/cpus.c:bql_lock, bql_unlock, bql_locked.
 */
export class BigLock {
  private readonly sim: Sim;
  private readonly mutex: Mutex;
  /** What each thread knows of itself: upstream's thread-local `bql_locked`. No thread looks at another's. */
  private readonly lockedBy = new Set<string>();

  constructor(sim: Sim) {
    this.sim = sim;
    this.mutex = sim.mutex('BQL');
  }

  /** bql_lock */
  *lock(): Routine {
    yield* this.mutex.lock();
    this.lockedBy.add(this.sim.self);
  }

  /** bql_unlock */
  *unlock(): Routine {
    this.lockedBy.delete(this.sim.self);
    yield* this.mutex.unlock();
  }

  /** bql_locked: whether the thread that asks holds it. Not a step. */
  get mine(): boolean {
    return this.lockedBy.has(this.sim.self);
  }

  /** bql_lock, a routine, bql_unlock. Where the lock is held already this is misuse, and upstream's BQL_LOCK_GUARD does nothing. */
  *guard<T>(routine: () => Routine<T>): Routine<T> {
    yield* this.lock();
    const result = yield* routine();
    yield* this.unlock();
    return result;
  }

  /** Whether some thread holds it: a peek, allowed where peeks are. */
  get held(): boolean {
    return this.holder !== undefined;
  }

  /** The thread that holds it: a peek, allowed where peeks are. */
  get holder(): string | undefined {
    return this.mutex.holder;
  }

  /** What traces call it. */
  get name(): string {
    return this.mutex.name;
  }
}
