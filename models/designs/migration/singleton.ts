import type { MigrationDesign } from '../../migration/design.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { clearInFinalize } from './clear-in-finalize.js';
import { upstream } from './upstream.js';

/**
 * G9. The type has one instance at most: instance_init stores the pointer, instance_finalize resets it, and introspection looks at
 * the instance that exists. Argued by Peter Xu, "QOM: Singleton interface" (20241024165627.1372621-1-peterx@redhat.com and its second
 * version), as the way to make clearing in finalize safe.
 */
export const singleton: MigrationDesign = {
  ...clearInFinalize,
  name: 'singleton',
  singleton: true,
  *born({ sim, current }, object) {
    const existing = yield* current.read();
    sim.assert(existing === undefined, 'migration_instance_init: a second instance of a singleton');
    yield* current.write(object);
  },
  *publish() {},
  *introspect(migration) {
    const existing = yield* migration.current.read();
    if (existing === undefined) return yield* upstream.introspect(migration);
    yield* reference(existing);
    yield* unreference(existing);
  },
};
