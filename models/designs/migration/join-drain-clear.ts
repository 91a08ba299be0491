import { joinThread } from '../../migration/cleanup.js';
import type { MigrationDesign } from '../../migration/design.js';
import { dropAndClear } from './join-holding-lock.js';
import { upstream } from './upstream.js';

/**
 * G11 taken at its word, that the reference dropped is the last one: after the join, the bottom halves that the thread left behind,
 * which hold the others, run before it is dropped and the pointer reset.
 */
export const joinDrainClear: MigrationDesign = {
  ...upstream,
  name: 'join-drain-clear',
  *release(migration) {
    const { bigLock, current, loop } = migration;
    const object = yield* current.read();
    if (object === undefined) return;
    yield* bigLock.unlock();
    yield* joinThread(migration, object);
    yield* bigLock.lock();
    yield* loop.bottomHalves.poll();
    yield* dropAndClear(migration);
  },
};
