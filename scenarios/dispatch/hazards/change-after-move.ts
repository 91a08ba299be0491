import { setAddress } from '../../../models/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const changeAfterMove: Hazard = {
  name: 'change-after-move',
  title: 'move, change',
  description:
    'the guest reads a register where it was, while management moves it in one transaction and then changes in two halves what its callback uses',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'moved while the guest reads');
    const card = bench.card('card', {
      name: 'regs',
      address: 0x100,
      ops: {
        *read() {
          const { high, low } = yield* card.window.read();
          sim.assert(high === low, 'I13: a callback sees half of a change');
          return low;
        },
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.read(0x100);
          yield* inside.close();
        },
      },
      *management() {
        yield* setAddress(card.region(), 0x200);
        yield* inside.open();
        yield* card.window.change({ high: 1, low: 1 });
      },
    });
  },
};
