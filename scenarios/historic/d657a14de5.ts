import { mainThread, monitorCleanup, qmpMigrateIncoming } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { quit } from '../migration/hazards/quit.js';
import { window } from '../window.js';
import { migrationOf } from './migration-of.js';

function quitWhileLoading(coroutine: boolean) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    const channel = {
      readable: sim.atomic('channel readable', false),
      lost: sim.atomic('channel lost', false),
    };
    const references = { coroutine, bottomHalf: true };
    const parked = window(sim, 'main loop over, channel not yet lost');
    const load = () => qmpMigrateIncoming(migration, channel, references);
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [{ execute: load }, quit(migration)],
        loopEnded: parked.open,
        guestStopped: () => monitorCleanup(migration.loop),
      }),
    );
    sim.thread('source', function* () {
      yield* parked.close();
      yield* channel.lost.store(true);
      yield* channel.readable.store(true);
    });
  };
}

/** The coroutine that loads waits for data when the process ends, and is told that there will be none while the process polls. */
export const incomingCoroutine: Bug = {
  name: 'incoming-coroutine',
  title: 'migration: incoming coroutine',
  description: 'quit while the incoming coroutine waits for a source that then goes away',
  commit: 'd657a14de5',
  before: quitWhileLoading(false),
  after: quitWhileLoading(true),
};
