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
  const { bigLock, design, sim } = migration;
  const { status } = migration.state(object);
  yield* design.insideThread(object);
  if (migration.probes.threadBegan !== undefined) yield* migration.probes.threadBegan();
  // qemu_savevm_state_setup
  yield* bigLock.guard(function* () {});
  yield* status.compareExchange('setup', 'active');
  let left = migration.iterations;
  while (left > 0 && (yield* migrationIsActive(migration))) {
    left--;
    yield* migrateMaxBandwidth(migration);
  }
  if (migration.probes.threadSent !== undefined) yield* migration.probes.threadSent();
  // migration_completion
  if (left === 0) {
    yield* bigLock.guard(function* () {
      yield* status.compareExchange('active', 'completed');
    });
  }
  // migration_iteration_finish
  yield* bigLock.guard(() =>
    migrationBhSchedule(migration, () => migrationCleanup(migration, object)),
  );
  // Possibly the last one, and without the big lock.
  yield* unreference(sim, object);
}
