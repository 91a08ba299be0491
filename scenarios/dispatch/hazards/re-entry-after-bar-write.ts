import { Board, nicRegister } from '../../../models/index.js';
import type { Hazard } from '../hazard.js';
import { elsewhere, guestRead, guestWrite, nicBase, nicType } from '../story.js';

export const reEntryAfterBarWrite: Hazard = {
  name: 're-entry-after-bar-write',
  title: 'the guest straight after a BAR write',
  description:
    'the guest moves the bar of a card, and at once reads where it was and where it is now',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = nicType(board);
    const moved = sim.reachable('the guest reads after it has moved the bar');
    board.start({
      *boot() {
        yield* board.plug(info.name, 'nic0');
      },
      vcpus: {
        *vcpu() {
          yield* guestWrite(board, nicBase + nicRegister.base, elsewhere);
          moved();
          const before = yield* guestRead(board, nicBase);
          sim.assert(before.result !== 'ok', 'I6: the old address still reaches the card');
          const after = yield* guestRead(board, elsewhere);
          sim.assert(after.result === 'ok', 'I6: the new address does not reach the card');
        },
      },
    });
  },
};
