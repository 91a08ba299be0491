import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrateSetError } from './error.js';
import type { Migration } from './migration.js';
import type { QemuFile } from './qemu-file.js';
import { closeReturnPathOnSource } from './return-path.js';
import { isActive, type MigrationStatus } from './state.js';
import { migrateSetState } from './surroundings.js';

/** The guest is stopped for the rest, unless the migration was cancelled. Upstream: migration/migration.c:migration_completion. */
export function* migrationCompletion(
  migration: Migration,
  object: QomObject,
  file: QemuFile,
): Routine {
  const { sim, bigLock, hasReturnPath } = migration;
  sim.log('migration_completion');
  if (hasReturnPath) return yield* completeWithReturnPath(migration, object, file);
  yield* bigLock.guard(() => complete(migration, object));
}

/**
 * Nobody is waited for between sending the rest and saying so, and the big lock is kept. Upstream drops it there all the same, so that
 * who cancels in between comes too late as with a return path: the object and the pointer fare alike.
 */
function* complete(migration: Migration, object: QomObject): Routine {
  const { deviceStatus, pass, stopGuest } = migration.surroundings;
  const told = stopGuest !== undefined || pass !== undefined;
  if (told && !(yield* isStatus(migration, object, 'active'))) return;
  if (stopGuest !== undefined) {
    yield* stopGuest();
    // That gives the big lock up, so that the migration may be cancelled meanwhile.
    if (!(yield* isStatus(migration, object, 'active'))) return;
  }
  if (deviceStatus === true) yield* migrateSetState(migration, object, 'active', 'device');
  if (pass !== undefined) yield* pass(2);
  const from = deviceStatus === true ? 'device' : 'active';
  yield* migrateSetState(migration, object, from, 'completed');
}

/**
 * The destination has to say that it has everything, and is waited for without the big lock. Whoever cancels meanwhile either shuts the
 * return path down while it is read, which is an error, or comes too late: the migration completes all the same.
 */
function* completeWithReturnPath(migration: Migration, object: QomObject, file: QemuFile): Routine {
  const { bigLock } = migration;
  const { status } = migration.state(object);
  const sent = yield* bigLock.guard(() => sendRest(migration, object, file));
  if (!sent) yield* migrateSetError(migration, object, 'switchover was interrupted');
  if (!sent || (yield* closeReturnPathOnSource(migration, object))) {
    const seen = yield* status.load();
    if (seen !== 'cancelling') yield* migrateSetState(migration, object, seen, 'failed');
    return;
  }
  // migration_completion_end
  yield* bigLock.guard(function* () {
    yield* migrateSetState(migration, object, yield* status.load(), 'completed');
  });
}

/** migration_completion_precopy, migration_completion_postcopy; returns whether the migration was still wanted. */
function* sendRest(migration: Migration, object: QomObject, file: QemuFile): Routine<boolean> {
  if (!isActive(yield* migration.state(object).status.load())) return false;
  yield* file.complete.store(true);
  return true;
}

/** Whether the migration is in this state. */
export function* isStatus(
  migration: Migration,
  object: QomObject,
  status: MigrationStatus,
): Routine<boolean> {
  return (yield* migration.state(object).status.load()) === status;
}
