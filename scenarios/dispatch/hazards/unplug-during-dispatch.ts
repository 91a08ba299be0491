import { Board } from '../../../models/index.js';
import { finalizedAtQuiescence } from '../../../properties/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { guestRead, nicBase, nicType, UnplugCommand } from '../story.js';

export const unplugDuringDispatch: Hazard = {
  name: 'unplug-during-dispatch',
  title: 'unplug during dispatch',
  description: 'the guest reads a register of a card while management unplugs the card',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = nicType(board);
    finalizedAtQuiescence(sim, { qom: board.machine.qom });
    const inside = window(sim, 'unplugged while the guest reads');
    const unplug = new UnplugCommand(board, inside.open);
    board.start({
      *boot() {
        unplug.device = yield* board.plug(info.name, 'nic0');
      },
      vcpus: {
        *vcpu() {
          yield* guestRead(board, nicBase);
          yield* inside.close();
        },
      },
      commands: [unplug],
    });
  },
};
