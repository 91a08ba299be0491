import type { Routine } from '../../src/index.js';
import type { Migration } from './migration.js';

/**
 * Forbids migration for a reason, unless one is under way. Block drivers do this while the command line is worked on, before there is
 * a migration object. Returns whether it is forbidden now.
 *
 * Upstream: migration/migration.c:migrate_add_blocker, is_busy, add_blockers.
 *
 * @param isRunning - migration_is_running
 */
export function* migrateAddBlocker(
  migration: Migration,
  reason: string,
  isRunning: () => Routine<boolean>,
): Routine<boolean> {
  migration.sim.log(`migrate_add_blocker: ${reason}`);
  if (yield* isRunning()) return false;
  yield* migration.blockers.write([...(yield* migration.blockers.read()), reason]);
  return true;
}
