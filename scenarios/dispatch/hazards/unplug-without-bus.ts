import { unreference } from '../../../models/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const unplugWithoutBus: Hazard = {
  name: 'unplug-without-bus',
  title: 'unplug of a device on no bus',
  description:
    'as unplug during dispatch, but no bus holds the device for a grace period: the last reference goes at once',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'unplugged while the guest reads');
    const card = bench.registerCard();
    bench.startReadWhile(inside, function* () {
      yield* card.remove();
      yield* unreference(card.object);
      yield* inside.open();
    });
  },
};
