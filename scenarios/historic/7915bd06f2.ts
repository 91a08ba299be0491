import { type BottomHalf, BottomHalves, type GuardAfterCallback } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';

function deletesItself(guardAfter: GuardAfterCallback) {
  return (sim: Sim): void => {
    const bottomHalves = new BottomHalves(sim, 'main loop', guardAfter);
    const guard = sim.plain('device.engaged_in_io', false);
    sim.thread('main', function* () {
      const half: BottomHalf = yield* bottomHalves.create('restart', restart, guard);
      function* restart() {
        yield* bottomHalves.delete(half);
        sim.log('the callback submits a request, and polls until it is done');
        yield* bottomHalves.poll();
      }
      yield* bottomHalves.schedule(half);
      yield* bottomHalves.poll();
      sim.assert(!(yield* guard.read()), 'aio_bh_call: the guard stays set');
    });
  };
}

/** A bottom half deletes itself and polls, which frees it; the loop then looks in it for the guard to clear. */
export const guardOfDeleted: Bug = {
  name: 'guard-of-deleted',
  title: 'async: the guard of what deleted itself',
  description: "a device's bottom half deletes itself, and polls",
  commit: '7915bd06f2',
  before: deletesItself('read again'),
  after: deletesItself('kept'),
};
