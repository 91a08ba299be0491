import type { Routine } from '../../src/index.js';
import { migrateGetCurrent } from './current.js';
import type { Migration } from './migration.js';
import { isRunning } from './state.js';
import { migrateSetState } from './surroundings.js';

/**
 * Asks a running migration to stop, and waits for nothing.
 *
 * Upstream: migration/migration.c:migration_cancel. Left out: the return path, waking a paused migration.
 */
export function* migrationCancel(migration: Migration): Routine {
  const { design, current } = migration;
  if (design.objectPerMigration && (yield* current.read()) === undefined) return;
  const object = yield* migrateGetCurrent(migration);
  const { status, qemuFileLock, toDstFile } = migration.state(object);
  let seen = yield* status.load();
  while (isRunning(seen) && seen !== 'cancelling') {
    yield* migrateSetState(migration, object, seen, 'cancelling');
    seen = yield* status.load();
  }
  if (seen !== 'cancelling') return;
  // qemu_file_shutdown, so that the thread is not stuck in a write
  yield* qemuFileLock.lock();
  yield* toDstFile.read();
  yield* qemuFileLock.unlock();
}
