import type { Routine } from '../../../src/index.js';
import type { MigrationDesign } from '../../migration/design.js';
import type { Migration } from '../../migration/migration.js';
import { unreference } from '../../qom/lifetime.js';
import { upstream } from './upstream.js';

/**
 * G13. The users inside the subsystem have a count of their own, above that of the object: whoever is the last resets the pointer and
 * drops the one reference, in whatever thread that is. Objects that introspection makes have no part in it. Argued by Peter Xu.
 */
export const migrationCount: MigrationDesign = {
  ...upstream,
  name: 'migration-count',
  *publish(migration, object) {
    yield* migration.users.store(1);
    yield* upstream.publish(migration, object);
  },
  *take({ users }) {
    yield* users.fetchAdd(1);
  },
  drop: (migration) => leave(migration),
  *release(migration) {
    yield* leave(migration);
  },
};

function* leave({ users, current }: Migration): Routine {
  if ((yield* users.fetchAdd(-1)) > 1) return;
  const object = yield* current.read();
  yield* current.write(undefined);
  if (object !== undefined) yield* unreference(object);
}
