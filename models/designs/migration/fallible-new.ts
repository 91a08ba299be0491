import type { MigrationDesign } from '../../migration/design.js';
import { singleton } from './singleton.js';
import { upstream } from './upstream.js';

/**
 * G5. object_new can fail, and fails while there is an instance; who asks for the properties of the type gets an error then. The question
 * comes before the object is made, so that two may be told that there is none. Argued by Daniel Berrangé.
 */
export const fallibleMigration: MigrationDesign = {
  ...singleton,
  name: 'fallible-new',
  *born({ current }, object) {
    yield* current.write(object);
  },
  *introspect(migration) {
    const existing = yield* migration.current.read();
    if (existing === undefined) yield* upstream.introspect(migration);
  },
};
