import type { Sim } from '../src/index.js';

/**
 * A lock that the property can see: a mutex, the big lock, a reader-writer lock. One that is part of memory that goes says that nobody
 * holds it then.
 */
export type SeenLock = { readonly name: string } & (
  | {
      /** The thread that holds it: a peek. */
      readonly holder: string | undefined;
    }
  | {
      /** The threads that hold it, the writer or the readers: a peek. */
      readonly holders: readonly string[];
    }
);

/**
 * All threads take locks in one order: of what each takes while it holds something else, no cycle comes about in one execution, even
 * where it does not hang in this one. A lock that is taken to read is taken: whoever waits to write lets nobody in.
 *
 * @param locks - those that are watched; a function where they come and go
 */
export function oneLockOrder(
  sim: Sim,
  locks: readonly SeenLock[] | (() => readonly SeenLock[]),
): void {
  const name = 'I12: locks are taken in one order';
  const seen = typeof locks === 'function' ? locks : () => locks;
  const order = new LockOrder();
  sim.invariant(name, () => {
    const cycle = order.look(seen());
    sim.assert(cycle === undefined, () => `${name}: ${(cycle ?? []).join(', then ')}`);
  });
}

/** Which lock was taken while which was held. It changes only where a lock is taken, so that equivalent executions agree on it. */
class LockOrder {
  private holders = new Map<SeenLock, readonly string[]>();
  private readonly after = new Map<SeenLock, Set<SeenLock>>();

  /** Looks who holds what now. Returns the names of the locks of a cycle that came about. */
  look(locks: readonly SeenLock[]): readonly string[] | undefined {
    const before = this.holders;
    const now = new Map(locks.map((lock) => [lock, holdersOf(lock)]));
    this.holders = now;
    for (const [lock, threads] of now) {
      for (const thread of threads) {
        if (before.get(lock)?.includes(thread) === true) continue;
        const cycle = this.takenBy(thread, lock, now);
        if (cycle !== undefined) return cycle;
      }
    }
    return undefined;
  }

  private takenBy(
    thread: string,
    lock: SeenLock,
    now: ReadonlyMap<SeenLock, readonly string[]>,
  ): readonly string[] | undefined {
    for (const [other, threads] of now) {
      if (other === lock || !threads.includes(thread)) continue;
      const cycle = this.taken(other, lock);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  }

  private taken(first: SeenLock, second: SeenLock): readonly string[] | undefined {
    let then = this.after.get(first);
    if (then === undefined) this.after.set(first, (then = new Set()));
    if (then.has(second)) return undefined;
    then.add(second);
    const way = this.way(second, first, []);
    return way && [first, ...way].map(({ name }) => name);
  }

  /** From a lock to another along what was taken after what. */
  private way(
    from: SeenLock,
    to: SeenLock,
    seen: readonly SeenLock[],
  ): readonly SeenLock[] | undefined {
    if (from === to) return [to];
    for (const next of this.after.get(from) ?? []) {
      if (seen.includes(next)) continue;
      const rest = this.way(next, to, [...seen, from]);
      if (rest !== undefined) return [from, ...rest];
    }
    return undefined;
  }
}

function holdersOf(lock: SeenLock): readonly string[] {
  if ('holders' in lock) return lock.holders;
  return lock.holder === undefined ? [] : [lock.holder];
}
