import { mainThread, qmpMigrate } from '../../../models/index.js';
import type { Hazard } from '../hazard.js';
import { quit, statusIs } from './quit.js';

/**
 * The process ends when the migration has just completed: the thread has yet to schedule the bottom half that cleans up. While the
 * main thread waits for the virtual CPUs, after migration_shutdown, the thread gets the big lock; then the main thread polls.
 */
export const shutdownVsBottomHalf: Hazard = {
  name: 'shutdown-vs-bottom-half',
  description: 'quit on completion: the bottom half that cleans up is yet to come',
  threads(sim, migration) {
    const late = sim.reachable('cleanup once migration_shutdown has begun');
    const quitting = quit(migration, statusIs(migration, ['completed']));
    sim.thread('main', function* () {
      // Only the main thread runs bottom halves, and only it has seen this.
      let asked = false;
      migration.probes.cleanupBegins = () => {
        if (asked) late();
      };
      yield* mainThread(migration, {
        commands: [{ execute: () => qmpMigrate(migration) }, quitting],
        *loopEnded() {
          asked = true;
        },
      });
    });
  },
};
