import type { Mutex, Routine, Sim } from '../../src/index.js';

/**
 * The big QEMU lock. Not recursive: taking it twice is an assertion upstream and `lock-misuse` here. State that nothing else protects
 * is `plain` in these models, so that an access without the lock is a data race.
 *
 * Upstream: system/cpus.c:bql_lock, bql_unlock.
 */
export class BigLock {
  private readonly mutex: Mutex;

  constructor(sim: Sim) {
    this.mutex = sim.mutex('BQL');
  }

  /** bql_lock */
  *lock(): Routine {
    yield* this.mutex.lock();
  }

  /** bql_unlock */
  *unlock(): Routine {
    yield* this.mutex.unlock();
  }

  /** Runs a routine under the lock; upstream's BQL_LOCK_GUARD. */
  *guard<T>(routine: () => Routine<T>): Routine<T> {
    yield* this.mutex.lock();
    const result = yield* routine();
    yield* this.mutex.unlock();
    return result;
  }

  /** Whether some thread holds it: a peek, allowed where peeks are. */
  get held(): boolean {
    return this.mutex.holder !== undefined;
  }
}
