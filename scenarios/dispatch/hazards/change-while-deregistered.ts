import { changeBothHalves } from '../../halves.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

/** Jan Kiszka's pattern of 28 August 2012: look up and use, against deregister, make invalid, make valid, register. */
export const changeWhileDeregistered: Hazard = {
  name: 'change-while-deregistered',
  title: 'deregister, change, register',
  description:
    'the guest reads a register while management deregisters it, changes what its callback uses in two halves, and registers it again',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'deregistered while the guest reads');
    const card = bench.halvesCard();
    bench.startReadWhile(inside, function* () {
      yield* card.remove();
      yield* inside.open();
      yield* changeBothHalves(card.window);
      yield* card.add();
    });
  },
};
