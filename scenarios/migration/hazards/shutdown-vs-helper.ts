import {
  type Command,
  type Migration,
  mainThread,
  migrationIsRunning,
  qmpMigrate,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

const asks = 'another subsystem asks whether a migration is running while the process ends';

/** Makes the threads: the helper may ask before, during or after migration_shutdown. */
function threads(
  sim: Sim,
  migration: Migration,
  ask: () => Routine<boolean>,
  commands: readonly Command[] = [],
): void {
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
      commands: [...commands, quit(migration)],
      shutDown: late.open,
    }),
  );
}

/** Like hw/virtio/virtio-mem.c and system/qdev-monitor.c. */
function* askLocked(migration: Migration): Routine<boolean> {
  return yield* migration.bigLock.guard(() => migrationIsRunning(migration, true));
}

/** Like the listeners of hw/vfio and the thread of system/dirtylimit.c. */
function askUnlocked(migration: Migration): Routine<boolean> {
  return migrationIsRunning(migration, false);
}

function migrate(migration: Migration): readonly Command[] {
  return [{ execute: () => qmpMigrate(migration) }];
}

export const shutdownVsLockedHelper: Hazard = {
  name: 'shutdown-vs-locked-helper',
  title: 'quit, locked helper',
  description: `${asks}, with the big lock`,
  threads(sim, migration) {
    threads(sim, migration, () => askLocked(migration));
  },
};

export const shutdownVsUnlockedHelper: Hazard = {
  name: 'shutdown-vs-unlocked-helper',
  title: 'quit, unlocked helper',
  description: `${asks}, without a lock`,
  threads(sim, migration) {
    threads(sim, migration, () => askUnlocked(migration));
  },
};

export const migratingVsLockedHelper: Hazard = {
  name: 'migrating-vs-locked-helper',
  title: 'quit while migrating, locked helper',
  description: `${asks} during a migration, with the big lock`,
  threads(sim, migration) {
    threads(sim, migration, () => askLocked(migration), migrate(migration));
  },
};

export const migratingVsUnlockedHelper: Hazard = {
  name: 'migrating-vs-unlocked-helper',
  title: 'quit while migrating, unlocked helper',
  description: `${asks} during a migration, without a lock`,
  threads(sim, migration) {
    threads(sim, migration, () => askUnlocked(migration), migrate(migration));
  },
};
