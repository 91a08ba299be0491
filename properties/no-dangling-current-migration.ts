import type { BigLock } from '../models/mainloop/big-lock.js';
import type { CurrentInstance } from '../models/qom/current-instance.js';
import type { Sim } from '../src/index.js';
import { noDanglingPointer } from './no-dangling-pointer.js';

/** What the property looks at. */
export interface PointerToMigration {
  readonly bigLock: BigLock;
  /** The pointer that code outside the migration subsystem reads. */
  readonly exported: CurrentInstance;
}

/**
 * The global pointer never points to a migration object that is finalized or freed, while the big lock is free. Where code outside has a
 * pointer of its own, it is about that one: current_migration itself is the business of those inside then, who hold references.
 */
export function noDanglingCurrentMigration(sim: Sim, migration: PointerToMigration): void {
  const { bigLock, exported } = migration;
  noDanglingPointer(sim, exported, bigLock);
}
