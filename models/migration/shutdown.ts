import type { Routine } from '../../src/index.js';
import { migrationCancel } from './cancel.js';
import type { Migration } from './migration.js';

/**
 * The first thing that a process does when it ends. Upstream cancels, drops the reference that migration_object_init took, and
 * neither waits for the thread nor resets the pointer.
 *
 * Upstream: migration/migration.c:migration_shutdown.
 */
export function* migrationShutdown(migration: Migration): Routine {
  migration.sim.log('migration_shutdown');
  yield* migrationCancel(migration);
  yield* migration.design.release(migration);
}
