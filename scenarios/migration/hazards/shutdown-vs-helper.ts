import { type Migration, mainThread, migrationIsRunning } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import type { Hazard } from '../hazard.js';
import { window } from '../window.js';
import { quit } from './quit.js';

const description = 'another subsystem asks whether a migration is running while the process ends';

/** Makes the threads: the helper may ask before, during or after migration_shutdown. */
function threads(sim: Sim, migration: Migration, ask: () => Routine<boolean>): void {
  const late = window(sim, 'migration_shutdown over, helper has yet to ask');
  function* helper(): Routine {
    yield* ask();
    yield* late.close();
  }
  sim.thread('main', () =>
    mainThread(migration, {
      *started() {
        yield* sim.spawn('helper', helper);
      },
      commands: [quit(migration)],
      shutDown: late.open,
    }),
  );
}

/** The helper holds the big lock, like hw/virtio/virtio-mem.c and system/qdev-monitor.c. */
export const shutdownVsLockedHelper: Hazard = {
  name: 'shutdown-vs-locked-helper',
  description: `${description}, with the big lock`,
  threads(sim, migration) {
    const ask = () => migrationIsRunning(migration, true);
    threads(sim, migration, () => migration.bigLock.guard(ask));
  },
};

/** The helper holds no lock, like the listeners of hw/vfio and the thread of system/dirtylimit.c. */
export const shutdownVsUnlockedHelper: Hazard = {
  name: 'shutdown-vs-unlocked-helper',
  description: `${description}, without a lock`,
  threads(sim, migration) {
    threads(sim, migration, () => migrationIsRunning(migration, false));
  },
};
