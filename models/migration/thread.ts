import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrationBhSchedule } from './bottom-half.js';
import { migrationCleanup } from './cleanup.js';
import { isStatus, migrationCompletion } from './completion.js';
import { migrateMaxBandwidth, migrationIsActive } from './current.js';
import { holders } from './design.js';
import type { Migration } from './migration.js';
import { type Sent, sendAfterwards } from './postcopy.js';
import type { QemuFile } from './qemu-file.js';
import { migrateSetState } from './surroundings.js';

/**
 * The migration thread. It works on the object it was given, and also on what the global pointer says: every option getter and
 * migration_is_active ask the pointer, without the big lock.
 *
 * Upstream: migration/migration.c:migration_thread. Left out: multifd, errors of the channel but for postcopy.
 */
export function* migrationThread(migration: Migration, object: QomObject, file: QemuFile): Routine {
  const { sim, bigLock, design, probes, surroundings } = migration;
  yield* design.insideThread(migration, object);
  if (probes.began !== undefined) yield* probes.began();
  // qemu_savevm_state_setup
  yield* bigLock.guard(function* () {
    if (surroundings.pass !== undefined) yield* surroundings.pass(1);
  });
  yield* migrateSetState(migration, object, 'setup', 'active');
  const sent = yield* sendAll(migration, object, file);
  sim.log(`migration_thread: the loop ends, ${sent === 'all' ? 'all is sent' : sent}`);
  if (probes.sent !== undefined) yield* probes.sent();
  if (sent === 'all') yield* migrationCompletion(migration, object, file);
  sim.log('migration_iteration_finish');
  const { finished } = surroundings;
  const cleanup = () => migrationCleanup(migration, object);
  yield* bigLock.guard(function* () {
    if (finished !== undefined) {
      yield* finished(yield* isStatus(migration, object, 'completed'));
    }
    yield* migrationBhSchedule(migration, 'migration_cleanup', cleanup);
  });
  if (probes.scheduled !== undefined) yield* probes.scheduled();
  sim.log('migration_thread: ends');
  // Without the big lock, even if it should be the last one.
  yield* design.drop(migration, object, holders.thread);
}

/** The thread's loop. */
function* sendAll(migration: Migration, object: QomObject, file: QemuFile): Routine<Sent> {
  if (migration.capabilities.postcopy === true) {
    return yield* sendAfterwards(migration, object, file);
  }
  const { needed } = migration.surroundings;
  if (needed !== undefined) yield* outlastDirtying(migration, object, needed);
  if (migration.iterations === 0) return 'all';
  const read = yield* migration.current.unlockedRead();
  for (let left = migration.iterations; left > 0; left--) {
    if (!(yield* migrationIsActive(migration, read))) return 'cancelled';
    yield* migrateMaxBandwidth(migration, read);
  }
  return 'all';
}

/** As long as memory is dirtied faster than it is sent, the loop goes round and comes to no end. */
function* outlastDirtying(migration: Migration, object: QomObject, needed: number): Routine {
  const { maxBandwidth, status } = migration.state(object);
  const goesOn = () => status.peek() !== 'active' || maxBandwidth.peek() >= needed;
  yield* migration.sim.until(goesOn, 'a bandwidth that suffices, or to be cancelled');
}
