import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbackRemovesOwnRegion: Hazard = {
  name: 'callback-removes-own-region',
  title: 'a callback removes its own region',
  description:
    'the guest writes a register of a card that hides the region in which the register is',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const hidden = sim.reachable('the callback that removed its region has returned');
    const card = bench.card('card', {
      name: 'regs',
      address: 0x100,
      ops: {
        *write(_, value) {
          yield* bench.memory.underBigLock(() => card.remove());
          yield* card.data.write(value);
        },
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.write(0x100, 0);
          hidden();
        },
      },
    });
  },
};
