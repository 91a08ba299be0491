import { accessSpace } from '../../../models/index.js';
import { overtaking } from '../../window.js';
import { base, card } from '../card.js';
import type { Hazard } from '../hazard.js';

export const unplugDuringDispatch: Hazard = {
  name: 'unplug-during-dispatch',
  title: 'unplug during dispatch',
  description: 'the guest reads a subregion of a card while the card is unplugged',
  story(bench) {
    const inside = overtaking(bench.sim, 'unplugged while the guest reads');
    const plain = card(bench);
    bench.define({
      ...plain,
      *exit(device) {
        yield* plain.exit(device);
        yield* inside.changed();
      },
    });
    bench.run({
      unplug: ['card'],
      *guest() {
        const access = { address: base, size: 4 };
        const { result } = yield* accessSpace(bench.memory.system, access);
        yield* inside.accessed(result === 'ok');
      },
    });
  },
};
