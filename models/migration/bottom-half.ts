import type { Routine } from '../../src/index.js';
import type { BottomHalf } from '../mainloop/bottom-half.js';
import { migrateGetCurrent } from './current.js';
import { holders } from './design.js';
import type { Migration } from './migration.js';

/**
 * Runs something later in the main loop, with a reference on the migration object until it has run (since upstream commit fd392cfa8e).
 * Both ends ask the global pointer which object that is, the second one when it runs.
 *
 * Upstream: migration/migration.c:migration_bh_schedule, migration_bh_dispatch_bh.
 *
 * @param name - upstream's function that is run
 */
export function* migrationBhSchedule(
  migration: Migration,
  name: string,
  body: () => Routine,
): Routine {
  const { design, sim } = migration;
  const { bottomHalves } = migration.loop;
  sim.log(`migration_bh_schedule ${name}`);
  const object = yield* migrateGetCurrent(migration);
  const half: BottomHalf = yield* bottomHalves.create(name, function* () {
    sim.log('migration_bh_dispatch_bh');
    const current = yield* migrateGetCurrent(migration);
    yield* bottomHalves.delete(half);
    yield* body();
    if (design.bottomHalfReferences) yield* design.drop(migration, current, holders.bottomHalf);
  });
  if (design.bottomHalfReferences) yield* design.take(migration, object, holders.bottomHalf);
  yield* bottomHalves.schedule(half);
}
