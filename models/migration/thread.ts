import type { Routine } from '../../src/index.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { migrationBhSchedule } from './bottom-half.js';
import { migrationCleanup } from './cleanup.js';
import { migrateMaxBandwidth, migrationIsActive } from './current.js';
import type { Migration } from './migration.js';

/**
 * The migration thread. It works on the object it was given, and also on what the global pointer says: every option getter and
 * migration_is_active ask the pointer, without the big lock.
 *
 * Upstream: migration/migration.c:migration_thread. Left out: return path, postcopy, multifd, errors of the channel.
 */
export function* migrationThread(migration: Migration, object: QomObject): Routine {
  const { bigLock, design, probes } = migration;
  const { status } = migration.state(object);
  yield* design.insideThread(object);
  if (probes.began !== undefined) yield* probes.began();
  // qemu_savevm_state_setup
  yield* bigLock.guard(function* () {});
  yield* status.compareExchange('setup', 'active');
  const sent = yield* sendAll(migration);
  if (probes.sent !== undefined) yield* probes.sent();
  if (sent) {
    // migration_completion
    yield* bigLock.guard(function* () {
      yield* status.compareExchange('active', 'completed');
    });
  }
  // migration_iteration_finish
  const cleanup = () => migrationCleanup(migration, object);
  yield* bigLock.guard(() => migrationBhSchedule(migration, cleanup));
  if (probes.scheduled !== undefined) yield* probes.scheduled();
  // Without the big lock, even if it should be the last one.
  yield* unreference(object);
}

/** The thread's loop; returns whether all is sent, or else it was cancelled. */
function* sendAll(migration: Migration): Routine<boolean> {
  if (migration.iterations === 0) return true;
  const read = yield* migration.current.unlockedRead();
  for (let left = migration.iterations; left > 0; left--) {
    if (!(yield* migrationIsActive(migration, read))) return false;
    yield* migrateMaxBandwidth(migration, read);
  }
  return true;
}
