import { accessSpace } from '../../../models/index.js';
import { window } from '../../window.js';
import { base, card } from '../card.js';
import type { Hazard } from '../hazard.js';

export const unplugDuringDispatch: Hazard = {
  name: 'unplug-during-dispatch',
  title: 'unplug during dispatch',
  description: 'the guest reads a subregion of a card while the card is unplugged',
  story(bench) {
    const inside = window(bench.sim, 'unplugged while the guest reads');
    const plain = card(bench);
    bench.define({
      ...plain,
      *exit(device) {
        yield* plain.exit(device);
        yield* inside.open();
      },
    });
    bench.run({
      unplug: ['card'],
      *guest() {
        yield* accessSpace(bench.memory.system, { address: base, size: 4 });
        yield* inside.close();
      },
    });
  },
};
