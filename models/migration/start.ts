import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrateGetCurrent } from './current.js';
import type { Migration } from './migration.js';
import { newMigrationObject } from './object-init.js';
import { qemuFileNew } from './qemu-file.js';
import { migrationThread } from './thread.js';

/**
 * The command that begins an outgoing migration, in the main thread under the big lock, with a channel that connects at once.
 *
 * Upstream: migration/migration.c:qmp_migrate, migrate_init, migration_start_outgoing.
 */
export function* qmpMigrate(migration: Migration): Routine {
  const { sim, design } = migration;
  const object = yield* objectFor(migration);
  const { status, toDstFile, thread } = migration.state(object);
  const { stateChanged } = migration.surroundings;
  yield* status.store('setup');
  if (stateChanged !== undefined) yield* stateChanged('setup');
  yield* toDstFile.write(yield* qemuFileNew(sim, 'outgoing channel'));
  yield* design.beforeThread(migration, object);
  yield* thread.write(yield* sim.spawn('migration', () => migrationThread(migration, object)));
}

/** The object of the migration that begins: of the process, or a new one. */
function* objectFor(migration: Migration): Routine<QomObject> {
  if (migration.design.objectPerMigration) yield* newMigrationObject(migration);
  return yield* migrateGetCurrent(migration);
}
