import type { RegionOps } from '../../../models/index.js';
import { noMixedDispatch } from '../../../properties/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

/** They read as zero. */
const otherOps: RegionOps & { readonly name: string } = { name: 'other_ops' };

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
      yield* card.changeCallbacks(0, otherOps);
      yield* card.add(0, 0x200);
    });
  },
};
