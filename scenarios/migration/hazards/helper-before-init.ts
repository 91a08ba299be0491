import {
  migrateAddBlocker,
  migrationIsRunning,
  migrationObjectInit,
} from '../../../models/index.js';
import type { Hazard } from '../hazard.js';

/** A block driver forbids migration while the command line is worked on, when the pointer is still NULL. */
export const helperBeforeInit: Hazard = {
  name: 'helper-before-init',
  title: 'helper before the object',
  description:
    'a block driver asks whether a migration is running before there is a migration object',
  threads(sim, migration) {
    const early = sim.reachable('asked before migration_object_init');
    sim.thread('main', () =>
      migration.bigLock.guard(function* () {
        early();
        const isRunning = () => migrationIsRunning(migration, true);
        yield* migrateAddBlocker(migration, 'it has an image', isRunning);
        yield* migrationObjectInit(migration);
      }),
    );
  },
};
