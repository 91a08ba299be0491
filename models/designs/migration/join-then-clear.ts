import { joinThread } from '../../migration/cleanup.js';
import type { MigrationDesign } from '../../migration/design.js';
import { dropAndClear } from './join-holding-lock.js';
import { upstream } from './upstream.js';

/**
 * G11 with the big lock dropped across the join, as migration_cleanup does: the thread needs it to end. Argued by Daniel Berrangé.
 * A bottom half that the thread scheduled on its way out is still to run when the pointer is reset.
 */
export const joinThenClear: MigrationDesign = {
  ...upstream,
  name: 'join-then-clear',
  *release(migration) {
    const { bigLock, current } = migration;
    const object = yield* current.read();
    if (object === undefined) return;
    yield* bigLock.unlock();
    yield* joinThread(migration, object);
    yield* bigLock.lock();
    yield* dropAndClear(migration);
  },
};
