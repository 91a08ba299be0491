import { card } from '../card.js';
import type { Hazard } from '../hazard.js';

/** What bochs-display and intel-hda are made of: unplug takes the container out of the map and leaves it as it is inside. */
export const sameOwner: Hazard = {
  name: 'same-owner',
  title: 'a subregion of the same owner',
  description: 'a card is unplugged whose container and the subregion in it are its own',
  story(bench) {
    const inside = bench.sim.reachable('unplugged with the subregion in its container');
    const plain = card(bench);
    bench.define({
      ...plain,
      *exit(device) {
        yield* plain.exit(device);
        inside();
      },
    });
    bench.run({ unplug: ['card'] });
  },
};
