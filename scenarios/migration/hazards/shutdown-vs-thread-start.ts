import { mainThread, qmpMigrate } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

/** The process ends right after the command that created the migration thread, which may not have run yet. */
export const shutdownVsThreadStart: Hazard = {
  name: 'shutdown-vs-thread-start',
  title: 'quit, thread not begun',
  description: 'quit at once: migration_shutdown may be over before the migration thread begins',
  iterations: 0,
  threads(sim, migration) {
    const early = window(sim, 'main loop over, migration thread not begun');
    migration.probes.began = early.close;
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [{ execute: () => qmpMigrate(migration) }, quit(migration)],
        loopEnded: early.open,
      }),
    );
  },
};
