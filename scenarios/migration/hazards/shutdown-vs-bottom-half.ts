import { mainThread, qmpMigrate } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit, statusIs } from './quit.js';

/**
 * The process ends when the migration has just completed: the thread has yet to schedule the bottom half that cleans up. While the
 * main thread waits for the virtual CPUs, after migration_shutdown, the thread gets the big lock; then the main thread polls.
 */
export const shutdownVsBottomHalf: Hazard = {
  name: 'shutdown-vs-bottom-half',
  title: 'quit, bottom half to come',
  description: 'quit on completion: the bottom half that cleans up is yet to come',
  threads(sim, migration) {
    const late = window(sim, 'main loop over, cleanup not yet scheduled');
    migration.probes.scheduled = late.close;
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => qmpMigrate(migration) },
          quit(migration, statusIs(migration, ['completed'])),
        ],
        loopEnded: late.open,
      }),
    );
  },
};
