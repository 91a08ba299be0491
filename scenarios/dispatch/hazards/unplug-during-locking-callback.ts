import { Board, nicRegister } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { guestWrite, nicBase, nicType, unplugCommand } from '../story.js';

export const unplugDuringLockingCallback: Hazard = {
  name: 'unplug-during-locking-callback',
  title: 'unplug, callback takes the big lock',
  description:
    'the guest writes a register whose callback takes the big lock, while management unplugs the card',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = nicType(board);
    const inside = window(sim, 'unplugged while the guest writes');
    const unplug = unplugCommand(board, inside.open);
    board.start({
      *boot() {
        unplug.device = yield* board.plug(info.name, 'nic0');
      },
      vcpus: {
        *vcpu() {
          yield* guestWrite(board, nicBase + nicRegister.enable, 1);
          yield* inside.close();
        },
      },
      commands: [unplug],
    });
  },
};
