import { Board } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { guestRead, ideBase, ideType, UnplugCommand } from '../story.js';

export const unplugOfEmbeddedBus: Hazard = {
  name: 'unplug-of-embedded-bus',
  title: 'unplug of a controller with a bus in place',
  description:
    'the guest reads a port of an IDE controller, whose callback works on a bus inside the controller, while that is unplugged',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = ideType(board);
    const inside = window(sim, 'unplugged while the guest reads');
    const unplug = new UnplugCommand(board, inside.open);
    board.start({
      *boot() {
        unplug.device = yield* board.plug(info.name, 'ide');
      },
      vcpus: {
        *vcpu() {
          yield* guestRead(board, ideBase);
          yield* inside.close();
        },
      },
      commands: [unplug],
    });
  },
};
