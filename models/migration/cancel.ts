import type { Routine } from '../../src/index.js';
import { migrateGetCurrent } from './current.js';
import { shutFromOutside } from './file-slot.js';
import type { Migration } from './migration.js';
import { isRunning } from './state.js';
import { migrateSetState } from './surroundings.js';

/**
 * Asks a running migration to stop, and waits for nothing. The files are shut down so that no thread is stuck in one.
 *
 * Upstream: migration/migration.c:migration_cancel. Left out: waking a migration that pauses before it stops the guest.
 */
export function* migrationCancel(migration: Migration): Routine {
  const { design, current, hasReturnPath } = migration;
  if (design.objectPerMigration && (yield* current.read()) === undefined) return;
  const object = yield* migrateGetCurrent(migration);
  const state = migration.state(object);
  const { status } = state;
  migration.sim.log('migration_cancel');
  if (hasReturnPath) yield* shutFromOutside(migration, state, 'fromDstFile');
  let seen = yield* status.load();
  while (isRunning(seen) && seen !== 'cancelling') {
    yield* migrateSetState(migration, object, seen, 'cancelling');
    seen = yield* status.load();
  }
  if (seen === 'cancelling') yield* shutFromOutside(migration, state, 'toDstFile');
}
