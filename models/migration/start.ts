import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrateGetCurrent } from './current.js';
import type { Migration } from './migration.js';
import { newMigrationObject } from './object-init.js';
import { qemuFileNew } from './qemu-file.js';
import { openReturnPathOnSource } from './return-path.js';
import { migrationThread } from './thread.js';

/**
 * The command that begins an outgoing migration, in the main thread under the big lock, with a channel that connects at once.
 *
 * Upstream: migration/migration.c:qmp_migrate, migrate_init, migration_connect, migration_start_outgoing.
 */
export function* qmpMigrate(migration: Migration): Routine {
  const { sim, design, capabilities, hasReturnPath } = migration;
  const object = yield* objectFor(migration);
  sim.log('qmp_migrate');
  const { status, toDstFile, thread } = migration.state(object);
  const { stateChanged } = migration.surroundings;
  yield* status.store('setup');
  if (stateChanged !== undefined) yield* stateChanged('setup');
  const file = yield* qemuFileNew(sim, 'outgoing channel');
  yield* toDstFile.write(file);
  if (hasReturnPath) yield* openReturnPathOnSource(migration, object, file);
  sim.log('migration_start_outgoing');
  yield* design.beforeThread(migration, object);
  const body = () => migrationThread(migration, object, file);
  // Only the loss of the channel after the guest moved leaves the thread waiting for good.
  const options = { service: capabilities.postcopy === true };
  yield* thread.write(yield* sim.spawn('migration', body, options));
}

/** The object of the migration that begins: of the process, or a new one. */
function* objectFor(migration: Migration): Routine<QomObject> {
  if (migration.design.objectPerMigration) yield* newMigrationObject(migration);
  return yield* migrateGetCurrent(migration);
}
