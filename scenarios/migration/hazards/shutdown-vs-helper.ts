import {
  type Command,
  type Migration,
  mainThread,
  migrationIsRunning,
  qmpMigrate,
} from '../../../models/index.js';
import type { Routine, Sim, ThreadHandle } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

const asks = 'asks whether a migration is running while the process ends';

/** A thread that asks. */
interface Helper {
  readonly name: string;
  readonly ask: (migration: Migration) => Routine<boolean>;
  /** Whether vm_shutdown waits for it. */
  readonly stops: boolean;
}

/** Like hw/virtio/virtio-mem.c when the guest asks for memory: it may be about to when the process ends, and is let finish. */
const locked: Helper = {
  name: 'vCPU',
  ask: (migration) => migration.bigLock.guard(() => migrationIsRunning(migration, true)),
  stops: true,
};

/** Like the listeners of hw/vfio and the thread of system/dirtylimit.c: it may ask at any time. */
const unlocked: Helper = {
  name: 'helper',
  ask: (migration) => migrationIsRunning(migration, false),
  stops: false,
};

/** Makes the threads. */
function threads(
  sim: Sim,
  migration: Migration,
  { name, ask, stops }: Helper,
  commands: readonly Command[] = [],
): void {
  const late = window(sim, 'migration_shutdown over, helper has yet to ask');
  const stopped: ThreadHandle[] = [];
  function* helper(): Routine {
    yield* ask(migration);
    yield* late.close();
  }
  sim.thread('main', () =>
    mainThread(migration, {
      *started() {
        const handle = yield* sim.spawn(name, helper);
        if (stops) stopped.push(handle);
      },
      commands: [...commands, quit(migration)],
      shutDown: late.open,
      vcpus: () => stopped,
    }),
  );
}

function migrate(migration: Migration): readonly Command[] {
  return [{ execute: () => qmpMigrate(migration) }];
}

export const shutdownVsLockedHelper: Hazard = {
  name: 'shutdown-vs-locked-helper',
  title: 'quit, locked helper',
  description: `a virtual CPU ${asks}, with the big lock`,
  threads(sim, migration) {
    threads(sim, migration, locked);
  },
};

export const shutdownVsUnlockedHelper: Hazard = {
  name: 'shutdown-vs-unlocked-helper',
  title: 'quit, unlocked helper',
  description: `another subsystem ${asks}, without a lock`,
  threads(sim, migration) {
    threads(sim, migration, unlocked);
  },
};

export const migratingVsLockedHelper: Hazard = {
  name: 'migrating-vs-locked-helper',
  title: 'quit while migrating, locked helper',
  description: `a virtual CPU ${asks} during a migration, with the big lock`,
  threads(sim, migration) {
    threads(sim, migration, locked, migrate(migration));
  },
};

export const migratingVsUnlockedHelper: Hazard = {
  name: 'migrating-vs-unlocked-helper',
  title: 'quit while migrating, unlocked helper',
  description: `another subsystem ${asks} during a migration, without a lock`,
  threads(sim, migration) {
    threads(sim, migration, unlocked, migrate(migration));
  },
};
