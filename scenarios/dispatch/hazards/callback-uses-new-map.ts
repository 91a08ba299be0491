import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbackUsesNewMap: Hazard = {
  name: 'callback-uses-new-map',
  title: 'a callback uses the map it changed',
  description:
    'the guest writes a register of a bridge whose callback moves a card, and then reads the card where it is now',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const moved = sim.reachable('the callback reads the card that it has moved');
    const card = bench.card('card', {
      name: 'regs',
      address: 0x200,
      ops: { read: () => card.data.read() },
    });
    bench.card('bridge', {
      name: 'control',
      address: 0x100,
      ops: {
        *write() {
          yield* bench.memory.underBigLock(function* () {
            yield* card.remove();
            yield* card.add(0, 0x300);
          });
          moved();
          const { result } = yield* bench.read(0x300);
          sim.assert(result === 'ok', 'I6: the callback does not find what it has moved');
        },
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.write(0x100, 1);
        },
      },
    });
  },
};
