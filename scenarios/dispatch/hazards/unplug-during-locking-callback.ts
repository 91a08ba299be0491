import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const unplugDuringLockingCallback: Hazard = {
  name: 'unplug-during-locking-callback',
  title: 'unplug, callback takes the big lock',
  description:
    'the guest writes a register whose callback takes the big lock, while management unplugs the card',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    bench.locksInOrder();
    const inside = window(sim, 'unplugged while the guest writes');
    const card = bench.card('card', {
      name: 'regs',
      address: 0x100,
      ops: {
        write: (_, value) => bench.memory.underBigLock(() => card.data.write(value)),
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.write(0x100, 1);
          yield* inside.close();
        },
      },
      *management() {
        yield* card.remove();
        yield* card.leaveBus();
        yield* inside.open();
      },
    });
  },
};
