import {
  type Migration,
  migrateAddBlocker,
  migrationIsRunning,
  migrationIsRunningUnchecked,
  migrationObjectInit,
} from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { migrationOf } from './migration-of.js';

function earlyBlocker(isRunning: (migration: Migration) => Routine<boolean>) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    sim.thread('main', () => migration.bigLock.guard(() => boot(migration, isRunning)));
  };
}

function* boot(
  migration: Migration,
  isRunning: (migration: Migration) => Routine<boolean>,
): Routine {
  // A block driver, which is opened for the command line.
  yield* migrateAddBlocker(migration, 'it has an image', () => isRunning(migration));
  yield* migrationObjectInit(migration);
}

/** A block driver forbids migration while the command line is worked on, when the pointer is still NULL. */
export const blockerBeforeBirth: Bug = {
  name: 'blocker-before-birth',
  title: 'migration: blocker before the object',
  description: 'a block driver asks whether a migration is running before there is an object',
  commit: '4daff81efb',
  before: earlyBlocker(migrationIsRunningUnchecked),
  after: earlyBlocker((migration) => migrationIsRunning(migration, true)),
};
