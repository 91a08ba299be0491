import type { Routine } from '../../../src/index.js';
import { joinThread } from '../../migration/cleanup.js';
import type { MigrationDesign } from '../../migration/design.js';
import type { Migration } from '../../migration/migration.js';
import { unreference } from '../../qom/lifetime.js';
import { upstream } from './upstream.js';

/**
 * G11, to the letter: migration_shutdown joins the migration thread, drops the reference and resets the pointer. Argued by Daniel
 * Berrangé; here with the big lock held across the join.
 */
export const joinHoldingLock: MigrationDesign = {
  ...upstream,
  name: 'join-holding-lock',
  *release(migration) {
    const object = yield* migration.current.read();
    if (object === undefined) return;
    yield* joinThread(migration, object);
    yield* dropAndClear(migration);
  },
};

/** Drops the reference of migration_object_init, then resets the pointer. */
export function* dropAndClear({ current }: Migration): Routine {
  const object = yield* current.read();
  if (object !== undefined) yield* unreference(object);
  yield* current.write(undefined);
}
