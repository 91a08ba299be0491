import { addSubregion, delSubregion } from '../../../models/index.js';
import type { Bench } from '../bench.js';
import { mapContainer, unmapContainer } from '../card.js';
import type { Hazard } from '../hazard.js';

/** A bridge with a container, and a card that puts its window there: as i82801b11-bridge does with its parent bus. */
function bridgeAndCard(bench: Bench, leaves: (inContainer: boolean) => void): void {
  bench.define({
    name: 'bridge',
    realize: (device) => mapContainer(bench, device, 'bridge'),
    exit: (device) => unmapContainer(bench, device),
  });
  bench.define({
    name: 'card',
    *realize(device) {
      const window = yield* device.make(bench.object('card'), 'window', 'register');
      yield* addSubregion(bench.device('bridge').region('container'), window, 0);
    },
    *exit(device) {
      const window = device.region('window');
      const { container } = yield* window.layout.read();
      leaves(container !== undefined);
      // The container may be gone, and has let go of the window then.
      if (bench.habits.detaches && container !== undefined) yield* delSubregion(container, window);
    },
  });
}

export const crossOwner: Hazard = {
  name: 'cross-owner',
  title: "in another device's container",
  description: 'a card is unplugged that has put its window into the container of a bridge',
  story(bench) {
    bridgeAndCard(bench, bench.sim.reachable('unplugged with the window in the container'));
    bench.run({ unplug: ['card'] });
  },
};

export const crossOwnerContainerFirst: Hazard = {
  name: 'cross-owner-container-first',
  title: "another device's container goes first",
  description: 'the bridge is unplugged, then the card that has put its window into it',
  story(bench) {
    const gone = bench.sim.reachable('unplugged when the container is gone');
    bridgeAndCard(bench, (inContainer) => {
      if (!inContainer) gone();
    });
    bench.run({ unplug: ['bridge', 'card'] });
  },
};
