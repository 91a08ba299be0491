import type { Sim } from '../src/index.js';

/** A lock that the property can see: a mutex, the big lock. One that is part of memory that goes says that nobody holds it then. */
export interface SeenLock {
  readonly name: string;
  /** The thread that holds it: a peek. */
  readonly holder: string | undefined;
}

/**
 * All threads take locks in one order: of what each takes while it holds something else, no cycle comes about in one execution, even
 * where it does not hang in this one.
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
  private holders = new Map<SeenLock, string>();
  private readonly after = new Map<SeenLock, Set<SeenLock>>();

  /** Looks who holds what now. Returns the names of the locks of a cycle that came about. */
  look(locks: readonly SeenLock[]): readonly string[] | undefined {
    const now = new Map<SeenLock, string>();
    for (const lock of locks) {
      const { holder } = lock;
      if (holder !== undefined) now.set(lock, holder);
    }
    const before = this.holders;
    this.holders = now;
    for (const [lock, thread] of now) {
      if (before.get(lock) === thread) continue;
      for (const [other, holder] of now) {
        if (other === lock || holder !== thread) continue;
        const cycle = this.taken(other, lock);
        if (cycle !== undefined) return cycle;
      }
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
