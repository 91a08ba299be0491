import { mainThread, qmpMigrate } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

/**
 * The process ends while the thread of the return path waits for the destination. It holds no reference; it asks the global pointer
 * before it waits, and it tells the object what went wrong when the return path is shut down under it.
 */
export const shutdownVsReturnPath: Hazard = {
  name: 'shutdown-vs-return-path',
  title: 'quit, return path open',
  description: 'quit while the thread of the return path waits for the destination',
  iterations: 0,
  capabilities: { returnPath: true },
  threads(sim, migration) {
    const open = window(sim, 'main loop over, return path still read');
    migration.probes.returned = open.close;
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [{ execute: () => qmpMigrate(migration) }, quit(migration)],
        loopEnded: open.open,
      }),
    );
  },
};
