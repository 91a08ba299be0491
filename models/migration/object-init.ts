import type { Routine } from '../../src/index.js';
import { objectNew } from '../qom/object-new.js';
import type { Migration } from './migration.js';

/** migration_object_init: once, in the main thread, under the big lock. */
export function* migrationObjectInit(migration: Migration): Routine {
  const { sim, design } = migration;
  sim.log('migration_object_init');
  const before = yield* migration.current.read();
  sim.assert(before === undefined, 'migration_object_init: called a second time');
  if (!design.objectPerMigration) yield* newMigrationObject(migration);
}

/** The object that the global pointer leads to from then on, with the reference that goes with the pointer. */
export function* newMigrationObject(migration: Migration): Routine {
  const { qom, type, design } = migration;
  const object = yield* objectNew(qom, type.name, 'MigrationState');
  yield* design.publish(migration, object);
}
