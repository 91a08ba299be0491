import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { Migration } from './migration.js';

/** Notes what went wrong, unless something did before. Upstream: migration/migration.c:migrate_set_error. */
export function* migrateSetError(
  migration: Migration,
  object: QomObject,
  message: string,
): Routine {
  const { errorMutex, error } = migration.state(object);
  yield* errorMutex.lock();
  if ((yield* error.read()) === undefined) yield* error.write(message);
  yield* errorMutex.unlock();
}

/** Whether something went wrong. Upstream: migration/migration.c:migrate_has_error. */
export function* migrateHasError(migration: Migration, object: QomObject): Routine<boolean> {
  const { errorMutex, error } = migration.state(object);
  yield* errorMutex.lock();
  const has = (yield* error.read()) !== undefined;
  yield* errorMutex.unlock();
  return has;
}
