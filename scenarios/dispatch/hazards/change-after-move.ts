import { setAddress } from '../../../models/index.js';
import { changeBothHalves } from '../../halves.js';
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
    const card = bench.halvesCard();
    bench.startReadWhile(inside, function* () {
      yield* setAddress(card.region(), 0x200);
      yield* inside.open();
      yield* changeBothHalves(card.window);
    });
  },
};
