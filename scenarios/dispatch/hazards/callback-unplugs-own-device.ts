import { unreference } from '../../../models/index.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbackUnplugsOwnDevice: Hazard = {
  name: 'callback-unplugs-own-device',
  title: 'a callback unplugs its own device',
  description:
    'the guest writes a register of a card whose callback takes the region out, drops the last reference on the card, and then clears the register',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const unplugged = sim.reachable('the callback that unplugged its device has returned');
    const card = bench.card('card', {
      name: 'regs',
      address: 0x100,
      ops: {
        *write() {
          yield* bench.memory.underBigLock(function* () {
            yield* card.remove();
            yield* unreference(card.object);
            yield* card.data.write(0);
          });
        },
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.write(0x100, 1);
          unplugged();
        },
      },
    });
  },
};
