import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrateGetCurrent, migrationIsActive } from './current.js';
import { migrateSetError } from './error.js';
import { shutFromOutside, takeFile } from './file-slot.js';
import type { Migration } from './migration.js';
import { type QemuFile, qemuFileClose, qemuFileShutdown } from './qemu-file.js';
import { closeReturnPathOnSource } from './return-path.js';
import { migrateSetState } from './surroundings.js';

/** How a thread's loop ends. */
export type Sent = 'all' | 'cancelled' | 'lost';

/**
 * The thread's loop when the guest moves first and its memory follows: it outlives the loss of the channel. The guest is asked to move
 * at once.
 *
 * Upstream: migration/migration.c:migration_thread, postcopy_start, migration_detect_error.
 *
 * @param file - the outgoing channel, which this thread alone closes in the course of the loop
 */
export function* sendAfterwards(
  migration: Migration,
  object: QomObject,
  file: QemuFile,
): Routine<Sent> {
  const { bigLock, surroundings } = migration;
  const { lost } = surroundings;
  const { status } = migration.state(object);
  if (!(yield* migrationIsActive(migration))) return 'cancelled';
  yield* bigLock.guard(() => migrateSetState(migration, object, 'active', 'postcopy-active'));
  for (let left = migration.iterations; left > 0; left--) {
    const seen = yield* status.load();
    if (seen === 'cancelling') return 'cancelled';
    if (lost === true || (yield* file.shut.load())) {
      yield* migrateSetError(migration, object, 'the channel was lost');
      yield* postcopyPause(migration, object);
      return 'lost';
    }
  }
  return 'all';
}

/**
 * The channel is lost: gives up both directions, and waits for somebody to bring another. Left out is that somebody does: the thread
 * waits until the process exits.
 *
 * Upstream: migration/migration.c:postcopy_pause.
 */
function* postcopyPause(migration: Migration, object: QomObject): Routine {
  const { sim, probes } = migration;
  const { status, qemuFileLock, toDstFile } = migration.state(object);
  sim.log('postcopy_pause');
  yield* closeReturnPathOnSource(migration, object);
  const taken = yield* takeFile(qemuFileLock, toDstFile);
  const file = taken ?? sim.fail('postcopy_pause: there is no outgoing channel');
  yield* qemuFileShutdown(file);
  yield* qemuFileClose(sim, file);
  yield* migrateSetState(migration, object, yield* status.load(), 'postcopy-paused');
  if (probes.paused !== undefined) yield* probes.paused();
  yield* sim.serve(() => false, 'another channel');
}

/**
 * The command that has a migration whose guest has moved give its channel up.
 *
 * Upstream: migration/migration.c:qmp_migrate_pause, on the source; there the monitor's own thread executes it if asked to.
 */
export function* qmpMigratePause(migration: Migration): Routine {
  const object = yield* migrateGetCurrent(migration);
  const state = migration.state(object);
  migration.sim.log('qmp_migrate_pause');
  if ((yield* state.status.load()) !== 'postcopy-active') return;
  yield* migrateSetError(migration, object, 'paused by the user');
  yield* shutFromOutside(migration, state, 'toDstFile');
}
