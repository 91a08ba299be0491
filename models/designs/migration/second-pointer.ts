import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/**
 * G10. Code outside reads a second pointer, which belongs to the big lock and is reset in migration_shutdown; current_migration stays
 * as it is, for the inside. Argued by Peter Xu in October 2024; Fabiano Rosas asked who would take the lock.
 */
export const secondPointer: MigrationDesign = {
  ...upstream,
  name: 'second-pointer',
  secondPointer: true,
  *publish(migration, object) {
    yield* upstream.publish(migration, object);
    yield* migration.exported.write(object);
  },
  *release(migration) {
    yield* migration.exported.write(undefined);
    yield* upstream.release(migration);
  },
};
