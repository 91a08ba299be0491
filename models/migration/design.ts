import type { Routine } from '../../src/index.js';
import type { Holder } from '../qom/holders.js';
import type { QomObject } from '../qom/object.js';
import type { Migration } from './migration.js';

/** Who holds references on the migration object besides the one that goes with the pointer: for messages. */
export const holders: Readonly<Record<'thread' | 'bottomHalf' | 'coroutine' | 'helper', Holder>> = {
  thread: { name: 'the migration thread' },
  bottomHalf: { name: 'the bottom half' },
  coroutine: { name: 'the incoming coroutine' },
  helper: { name: 'who asked' },
};

/**
 * An answer to: who keeps the migration object alive, and who resets the global pointer to it, when? All that the answers differ in.
 */
export interface MigrationDesign {
  readonly name: string;
  /** Whether it promises that there is never a second instance. */
  readonly singleton: boolean;
  /** Whether code outside the subsystem has a pointer of its own. */
  readonly secondPointer: boolean;
  /** The end of instance_init. */
  readonly born: (migration: Migration, object: QomObject) => Routine;
  /** The beginning of instance_finalize, before the locks inside are destroyed. */
  readonly dying: (migration: Migration, object: QomObject) => Routine;
  /** Stores the pointer to a new object. */
  readonly publish: (migration: Migration, object: QomObject) => Routine;
  /** Whether each migration has an object of its own, which goes with it; else there is one for the life of the process. */
  readonly objectPerMigration: boolean;
  /** Keeps the object for a user inside the subsystem: the thread, a bottom half, a coroutine. */
  readonly take: (migration: Migration, object: QomObject, holder: Holder) => Routine;
  /** That user has finished; without one, it is for the pointer that the object was kept. */
  readonly drop: (migration: Migration, object: QomObject, holder?: Holder) => Routine;
  /** In the thread that creates the migration thread, just before. */
  readonly beforeThread: (migration: Migration, object: QomObject) => Routine;
  /** In the migration thread, first of all. */
  readonly insideThread: (migration: Migration, object: QomObject) => Routine;
  /** Whether a bottom half that waits holds a reference. */
  readonly bottomHalfReferences: boolean;
  /** Whether the coroutine of an incoming migration holds one until it ends. */
  readonly coroutineReferences: boolean;
  /** The rest of migration_shutdown after the cancellation. */
  readonly release: (migration: Migration) => Routine;
  /** How code outside the migration subsystem comes by the object, if there is one. */
  readonly borrow: (migration: Migration, locked: boolean) => Routine<QomObject | undefined>;
  /** What it does when it has finished with it. */
  readonly giveBack: (migration: Migration, object: QomObject | undefined) => Routine;
  /** The object of which qom-list-properties lists the properties, and what becomes of it. */
  readonly introspect: (migration: Migration) => Routine;
}
