import { mainThread, qmpMigrateIncoming } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { window } from '../window.js';
import { migrationOf } from './migration-of.js';

function quitAfterLoading(bottomHalf: boolean) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    const { loop } = migration;
    const channel = {
      readable: sim.atomic('channel readable', true),
      lost: sim.atomic('channel lost', false),
    };
    const references = { coroutine: false, bottomHalf };
    const late = window(sim, 'main loop over, bottom half yet to run');
    const load = () => qmpMigrateIncoming(migration, channel, references);
    migration.probes.incoming = late.close;
    const commands = [{ execute: load }];
    sim.thread('main', () => mainThread(migration, { commands, loopEnded: late.open }));
    // The signal that ends the process may come at any time.
    sim.thread('signal', () => loop.requestShutdown());
  };
}

/** An incoming migration is loaded, and the process ends before the bottom half that would start the guest has run. */
export const incomingBottomHalf: Bug = {
  name: 'incoming-bottom-half',
  title: 'migration: incoming bottom half',
  description: 'SIGTERM when an incoming migration is loaded and its bottom half yet to run',
  commit: '27eb8499ed',
  before: quitAfterLoading(false),
  after: quitAfterLoading(true),
};
