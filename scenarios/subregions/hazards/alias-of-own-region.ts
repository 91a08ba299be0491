import { addSubregion, delSubregion } from '../../../models/index.js';
import { base } from '../card.js';
import type { Hazard } from '../hazard.js';

export const aliasOfOwnRegion: Hazard = {
  name: 'alias-of-own-region',
  title: 'an alias of its own region',
  description: 'a card is unplugged that shows one of its regions through an alias of its own',
  story(bench) {
    const unmapped = bench.sim.reachable('the alias has left the map');
    bench.define({
      name: 'card',
      *realize(device) {
        yield* device.make(bench.object('card'), 'window', 'register');
        const alias = yield* device.make(bench.object('card'), 'alias', { aliasOf: 'window' });
        yield* addSubregion(bench.system, alias, base);
      },
      *exit(device) {
        yield* delSubregion(bench.system, device.region('alias'));
        unmapped();
      },
    });
    bench.run({ unplug: ['card'] });
  },
};
