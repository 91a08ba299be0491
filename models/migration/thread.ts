import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrationBhSchedule } from './bottom-half.js';
import { migrationCleanup } from './cleanup.js';
import { migrateMaxBandwidth, migrationIsActive } from './current.js';
import type { Migration } from './migration.js';
import type { MigrationStatus } from './state.js';
import { migrateSetState } from './surroundings.js';

/**
 * The migration thread. It works on the object it was given, and also on what the global pointer says: every option getter and
 * migration_is_active ask the pointer, without the big lock.
 *
 * Upstream: migration/migration.c:migration_thread. Left out: return path, postcopy, multifd, errors of the channel.
 */
export function* migrationThread(migration: Migration, object: QomObject): Routine {
  const { bigLock, design, probes, surroundings } = migration;
  yield* design.insideThread(migration, object);
  if (probes.began !== undefined) yield* probes.began();
  // qemu_savevm_state_setup
  yield* bigLock.guard(function* () {
    if (surroundings.pass !== undefined) yield* surroundings.pass(1);
  });
  yield* migrateSetState(migration, object, 'setup', 'active');
  const sent = yield* sendAll(migration, object);
  if (probes.sent !== undefined) yield* probes.sent();
  if (sent) yield* bigLock.guard(() => completion(migration, object));
  // migration_iteration_finish
  const { finished } = surroundings;
  const cleanup = () => migrationCleanup(migration, object);
  yield* bigLock.guard(function* () {
    if (finished !== undefined) {
      yield* finished(yield* isStatus(migration, object, 'completed'));
    }
    yield* migrationBhSchedule(migration, cleanup);
  });
  if (probes.scheduled !== undefined) yield* probes.scheduled();
  // Without the big lock, even if it should be the last one.
  yield* design.drop(migration, object);
}

/** migration_completion: the guest is stopped for the rest, unless the migration was cancelled. */
function* completion(migration: Migration, object: QomObject): Routine {
  const { deviceStatus, pass, stopGuest } = migration.surroundings;
  const told = stopGuest !== undefined || pass !== undefined;
  if (told && !(yield* isStatus(migration, object, 'active'))) return;
  if (stopGuest !== undefined) {
    yield* stopGuest();
    // That gives the big lock up, so that the migration may be cancelled meanwhile.
    if (!(yield* isStatus(migration, object, 'active'))) return;
  }
  if (deviceStatus === true) yield* migrateSetState(migration, object, 'active', 'device');
  if (pass !== undefined) yield* pass(2);
  const from = deviceStatus === true ? 'device' : 'active';
  yield* migrateSetState(migration, object, from, 'completed');
}

function* isStatus(
  migration: Migration,
  object: QomObject,
  status: MigrationStatus,
): Routine<boolean> {
  return (yield* migration.state(object).status.load()) === status;
}

/** The thread's loop; returns whether all is sent, or else it was cancelled. */
function* sendAll(migration: Migration, object: QomObject): Routine<boolean> {
  const { needed } = migration.surroundings;
  if (needed !== undefined) yield* outlastDirtying(migration, object, needed);
  if (migration.iterations === 0) return true;
  const read = yield* migration.current.unlockedRead();
  for (let left = migration.iterations; left > 0; left--) {
    if (!(yield* migrationIsActive(migration, read))) return false;
    yield* migrateMaxBandwidth(migration, read);
  }
  return true;
}

/** As long as memory is dirtied faster than it is sent, the loop goes round and comes to no end. */
function* outlastDirtying(migration: Migration, object: QomObject, needed: number): Routine {
  const { maxBandwidth, status } = migration.state(object);
  const goesOn = () => status.peek() !== 'active' || maxBandwidth.peek() >= needed;
  yield* migration.sim.until(goesOn, 'a bandwidth that suffices, or to be cancelled');
}
