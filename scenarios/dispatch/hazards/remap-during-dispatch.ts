import { Board, pciWriteConfig, type QomObject } from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { elsewhere, guestRead, nicBase, nicType, Plugged } from '../story.js';

export const remapDuringDispatch: Hazard = {
  name: 'remap-during-dispatch',
  title: 'remap during dispatch',
  description:
    'one virtual CPU reads a register while another hides the bar, writes half of a new address, then all of it, and shows the bar',
  threads(sim, design) {
    const board = new Board(sim, design);
    const { info } = nicType(board);
    const inside = window(sim, 'moved while the guest reads');
    const card = new Plugged(sim);
    board.start({
      *boot() {
        card.device = yield* board.plug(info.name, 'nic0');
      },
      vcpus: {
        *reader() {
          yield* guestRead(board, nicBase);
          yield* inside.close();
        },
        *mover() {
          yield* board.memory.underBigLock(() => move(card.device));
          yield* inside.open();
        },
      },
    });
  },
};

function* move(device: QomObject): Routine {
  yield* pciWriteConfig(device, { memoryEnabled: false });
  yield* pciWriteConfig(device, { bar: 0, base: elsewhere + 0x1000 });
  yield* pciWriteConfig(device, { bar: 0, base: elsewhere });
  yield* pciWriteConfig(device, { memoryEnabled: true });
}
