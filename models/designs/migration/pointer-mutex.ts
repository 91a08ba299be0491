import type { MigrationDesign } from '../../migration/design.js';
import { singleton } from './singleton.js';

/**
 * A singleton whose pointer has a mutex: instance_init and instance_finalize change it under the mutex, and code outside holds the
 * mutex for as long as it uses the object. Argued by Peter Xu, "migration: Protect updates to current_migration with a mutex"
 * (20241024213056.1395400-9-peterx@redhat.com).
 */
export const pointerMutex: MigrationDesign = {
  ...singleton,
  name: 'pointer-mutex',
  *born(migration, object) {
    yield* migration.mutex.lock();
    yield* singleton.born(migration, object);
    yield* migration.mutex.unlock();
  },
  *dying(migration, object) {
    yield* migration.mutex.lock();
    yield* singleton.dying(migration, object);
    yield* migration.mutex.unlock();
  },
  *borrow({ mutex, exported }) {
    yield* mutex.lock();
    return yield* exported.read();
  },
  *giveBack({ mutex }) {
    yield* mutex.unlock();
  },
};
