import type { Routine } from '../../src/index.js';
import type { PointerRead } from '../qom/current-instance.js';
import type { QomObject } from '../qom/object.js';
import type { Migration } from './migration.js';
import { isActive, isRunning, type MigrationState } from './state.js';

/**
 * migrate_get_current: asserts that the pointer is set, and takes no reference. Called with the big lock, and without it by a thread
 * that then says how it reads.
 */
export function* migrateGetCurrent(migration: Migration, read?: PointerRead): Routine<QomObject> {
  const object = yield* read === undefined ? migration.current.read() : read();
  return object ?? migration.sim.fail('migrate_get_current: current_migration is NULL');
}

/**
 * migration_is_running as it was before commit 4daff81efb: follows the pointer without a look at it. For code outside that asks before
 * the object is made.
 */
export function* migrationIsRunningUnchecked(migration: Migration): Routine<boolean> {
  migration.sim.log('migration_is_running');
  const { status } = migration.state(yield* migration.current.follow());
  return isRunning(yield* status.load());
}

/** What most callers do next. */
export function* currentState(migration: Migration, read?: PointerRead): Routine<MigrationState> {
  return migration.state(yield* migrateGetCurrent(migration, read));
}

/** migration_is_active, as code inside the subsystem calls it: from the migration thread without the big lock. */
export function* migrationIsActive(migration: Migration, read?: PointerRead): Routine<boolean> {
  const { status } = yield* currentState(migration, read);
  return isActive(yield* status.load());
}

/** One of the getters of migration/options.c, which any thread calls: migrate_max_bandwidth. */
export function* migrateMaxBandwidth(migration: Migration, read?: PointerRead): Routine<number> {
  const { maxBandwidth } = yield* currentState(migration, read);
  return yield* maxBandwidth.read();
}

/**
 * migration_is_running, as code outside calls it (hw/vfio, virtio-mem, vhost-vdpa, dirty limit, qdev-monitor): there is no migration
 * when the pointer is NULL (upstream commit 4daff81efb).
 */
export function* migrationIsRunning(migration: Migration, locked: boolean): Routine<boolean> {
  const { design, sim } = migration;
  const object = yield* design.borrow(migration, locked);
  sim.log('migration_is_running');
  const running = object !== undefined && isRunning(yield* migration.state(object).status.load());
  yield* design.giveBack(migration, object);
  return running;
}
