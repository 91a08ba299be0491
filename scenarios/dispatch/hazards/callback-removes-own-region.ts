import { Board, nicRegister } from '../../../models/index.js';
import type { Hazard } from '../hazard.js';
import { guestWrite, nicBase, nicType } from '../story.js';

export const callbackRemovesOwnRegion: Hazard = {
  name: 'callback-removes-own-region',
  title: 'a callback removes its own region',
  description: 'the guest writes a register of a card that hides the bar in which the register is',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = nicType(board);
    const hidden = sim.reachable('the callback that removed its region has returned');
    board.start({
      *boot() {
        yield* board.plug(info.name, 'nic0');
      },
      vcpus: {
        *vcpu() {
          yield* guestWrite(board, nicBase + nicRegister.enable, 0);
          hidden();
        },
      },
    });
  },
};
