import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrationIsActive } from './current.js';
import { takeFile } from './file-slot.js';
import type { Migration } from './migration.js';
import { qemuFileClose } from './qemu-file.js';
import { closeReturnPathOnSource } from './return-path.js';
import { migrateSetState } from './surroundings.js';

/**
 * The end of a migration, in the main thread: closes the return path, joins the migration thread, which needs the big lock to get
 * there, and closes the channel.
 *
 * Upstream: migration/migration.c:migration_cleanup (migrate_fd_cleanup before 10.0).
 */
export function* migrationCleanup(migration: Migration, object: QomObject): Routine {
  const { sim, bigLock, hasReturnPath } = migration;
  const { status, toDstFile, qemuFileLock } = migration.state(object);
  sim.log('migration_cleanup');
  if (hasReturnPath) yield* closeReturnPathOnSource(migration, object);
  const file = yield* toDstFile.read();
  if (file !== undefined) {
    yield* bigLock.unlock();
    yield* joinThread(migration, object);
    yield* bigLock.lock();
    yield* takeFile(qemuFileLock, toDstFile);
    yield* qemuFileClose(sim, file);
  }
  sim.assert(!(yield* migrationIsActive(migration)), 'migration_cleanup: the migration is active');
  if ((yield* status.load()) === 'cancelling') {
    yield* migrateSetState(migration, object, 'cancelling', 'cancelled');
  }
  if (migration.design.objectPerMigration) yield* forget(migration, object);
}

/** The reference that goes with the pointer, and the pointer. */
function* forget(migration: Migration, object: QomObject): Routine {
  yield* migration.current.write(undefined);
  yield* migration.design.drop(migration, object);
}

/** Joins the migration thread unless that was done. Only the main thread may. */
export function* joinThread(migration: Migration, object: QomObject): Routine {
  const { thread } = migration.state(object);
  const handle = yield* thread.read();
  if (handle === undefined) return;
  migration.sim.log('qemu_thread_join: the migration thread');
  yield* handle.join();
  yield* thread.write(undefined);
}
