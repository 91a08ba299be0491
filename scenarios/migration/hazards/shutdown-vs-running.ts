import { mainThread, qmpMigrate } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit, statusIs } from './quit.js';

/** The process ends in the middle of a migration: the thread notices that it was cancelled, or it does not and completes. */
export const shutdownVsRunning: Hazard = {
  name: 'shutdown-vs-running',
  title: 'quit, thread sends',
  description: 'quit while the migration thread sends',
  iterations: 2,
  threads(sim, migration) {
    const sending = window(sim, 'main loop over, migration thread still sends');
    migration.probes.sent = sending.close;
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => qmpMigrate(migration) },
          quit(migration, statusIs(migration, ['active', 'completed'])),
        ],
        loopEnded: sending.open,
      }),
    );
  },
};
