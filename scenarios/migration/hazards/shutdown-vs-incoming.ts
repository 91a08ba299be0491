import { mainThread, monitorCleanup, qmpMigrateIncoming } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

/**
 * The process ends while the coroutine of an incoming migration is parked on its channel; the source goes away then, and the coroutine
 * goes on in the poll of the monitor's end.
 */
export const shutdownVsIncoming: Hazard = {
  name: 'shutdown-vs-incoming',
  title: 'quit, incoming waits',
  description: 'quit while an incoming migration waits for its source, which goes away then',
  threads(sim, migration) {
    const { design, loop } = migration;
    const channel = {
      readable: sim.atomic('channel readable', false),
      lost: sim.atomic('channel lost', false),
    };
    const references = {
      coroutine: design.coroutineReferences,
      bottomHalf: design.bottomHalfReferences,
    };
    const parked = window(sim, 'main loop over, channel not yet lost');
    const load = () => qmpMigrateIncoming(migration, channel, references);
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [{ execute: load }, quit(migration)],
        loopEnded: parked.open,
        guestStopped: () => monitorCleanup(loop),
      }),
    );
    sim.thread('source', function* () {
      yield* parked.close();
      yield* channel.lost.store(true);
      yield* channel.readable.store(true);
    });
  },
};
