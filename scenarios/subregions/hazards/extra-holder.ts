import { reference, unreference } from '../../../models/index.js';
import { card } from '../card.js';
import type { Hazard } from '../hazard.js';

/** The trick that Akihiko Odaki thought unlikely: a device that works on its regions in instance_finalize keeps them until then. */
export const extraHolder: Hazard = {
  name: 'extra-holder',
  title: 'an extra holder of the container',
  description:
    'a card references its container until instance_finalize, where it goes through the subregions; it is unplugged',
  story(bench) {
    const { habits, sim } = bench;
    const held = habits.holds === 'its container' ? ['container'] : ['window', 'container'];
    const holding = sim.reachable('unplugged with the container referenced');
    const plain = card(bench);
    bench.define({
      ...plain,
      *realize(device) {
        yield* plain.realize(device);
        for (const name of held) yield* reference(device.region(name).object, bench.object('card'));
      },
      *exit(device) {
        yield* plain.exit(device);
        holding();
      },
      *finalize(device) {
        const { subregions } = yield* device.region('container').layout.read();
        const complete = subregions.includes(device.region('window'));
        sim.assert(complete, 'I9: the container has lost its subregion before instance_finalize');
        if (habits.holds !== 'all, for ever') {
          for (const name of held)
            yield* unreference(device.region(name).object, bench.object('card'));
        }
      },
    });
    bench.run({ unplug: ['card'] });
  },
};
