import { noLateCallback } from '../../../properties/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const lateCallback: Hazard = {
  name: 'late-callback',
  title: 'late callback',
  description:
    'the guest reads a register while management takes the region out, and counts on no callback from then on',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    noLateCallback(sim, bench.memory);
    const inside = window(sim, 'taken out while the guest reads');
    const card = bench.registerCard();
    bench.startReadWhile(inside, function* () {
      yield* card.remove();
      yield* inside.open();
    });
  },
};
