import type { Routine } from '../../src/index.js';
import type { BottomHalf } from '../mainloop/bottom-half.js';
import { migrateGetCurrent } from './current.js';
import type { Migration } from './migration.js';

/**
 * Runs something later in the main loop, with a reference on the migration object until it has run (since upstream commit fd392cfa8e).
 * Both ends ask the global pointer which object that is, the second one when it runs.
 *
 * Upstream: migration/migration.c:migration_bh_schedule, migration_bh_dispatch_bh.
 */
export function* migrationBhSchedule(migration: Migration, body: () => Routine): Routine {
  const { design } = migration;
  const { bottomHalves } = migration.loop;
  const object = yield* migrateGetCurrent(migration);
  const half: BottomHalf = yield* bottomHalves.create('migration', function* () {
    const current = yield* migrateGetCurrent(migration);
    yield* bottomHalves.delete(half);
    yield* body();
    if (design.bottomHalfReferences) yield* design.drop(migration, current);
  });
  if (design.bottomHalfReferences) yield* design.take(migration, object);
  yield* bottomHalves.schedule(half);
}
