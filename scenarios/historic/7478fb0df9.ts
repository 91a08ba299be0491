import { type MigrationPast, mainThread, qmpMigrate, upstream } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { quit, statusIs } from '../migration/hazards/quit.js';
import { migrationOf } from './migration-of.js';

function quitWhilePausing(past: MigrationPast) {
  return (sim: Sim): void => {
    const paused = sim.reachable('the channel was given up');
    const migration = migrationOf(sim, upstream, {
      capabilities: { postcopy: true },
      iterations: 1,
      past,
    });
    migration.probes.paused = function* () {
      paused();
    };
    migration.surroundings = { lost: true };
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => qmpMigrate(migration) },
          quit(migration, statusIs(migration, ['postcopy-active', 'postcopy-paused'])),
        ],
      }),
    );
  };
}

/** Who cancels shuts the outgoing channel down, which the migration thread gives up meanwhile because it is lost. */
export const channelGivenUp: Bug = {
  name: 'channel-given-up',
  title: 'migration: cancelled while the channel is given up',
  description: 'the channel is lost when the guest has moved, then quit, which cancels',
  commit: '7478fb0df9',
  before: quitWhilePausing({ shutsWithoutLock: 'toDstFile' }),
  after: quitWhilePausing({}),
};
