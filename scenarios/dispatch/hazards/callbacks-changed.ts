import { noMixedDispatch } from '../../../properties/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbacksChanged: Hazard = {
  name: 'callbacks-changed',
  title: 'other callbacks at another address',
  description:
    'the guest reads a register while management takes the region out, gives it other callbacks and puts it elsewhere',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    noMixedDispatch(sim, bench.memory);
    const inside = window(sim, 'taken out while the guest reads');
    const card = bench.registerCard();
    bench.startReadWhile(inside, function* () {
      yield* card.remove();
      yield* inside.open();
      yield* card.changeCallbacks(0, {});
      yield* card.add(0, 0x200);
    });
  },
};
