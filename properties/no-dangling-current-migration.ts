import type { BigLock } from '../models/mainloop/big-lock.js';
import type { CurrentInstance } from '../models/qom/current-instance.js';
import type { Sim } from '../src/index.js';

/** What the property looks at. */
export interface PointerToMigration {
  readonly bigLock: BigLock;
  /** The pointer that code outside the migration subsystem reads. */
  readonly exported: CurrentInstance;
}

/**
 * The global pointer never points to a migration object that is finalized or freed. One whose count is zero but that is still whole
 * does not count as dangling.
 *
 * The pointer is state of the big lock, so the invariant is about the moments when the lock is free: while a thread holds it, nobody
 * who takes it first can look. Who reads without the lock can, and what happens then is found as what it is: a `use-after-free`.
 */
export function noDanglingCurrentMigration(sim: Sim, migration: PointerToMigration): void {
  const { bigLock, exported } = migration;
  sim.invariant('I11: no dangling current_migration', () => {
    const object = exported.peek();
    return object === undefined || object.instance.alive || bigLock.held;
  });
}
