import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const readerWaitsForBigLock: Hazard = {
  name: 'reader-waits-for-big-lock',
  title: 'a reader waits for the big lock',
  description:
    'management takes a region out while an emulated CPU, which accesses nothing, takes the big lock within its read section',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const { bigLock, callRcu } = bench.machine;
    const inside = window(sim, 'the CPU in its section, management not over');
    const card = bench.registerCard();
    bench.start({
      vcpus: {
        // cpu_exec, which delivers an interrupt.
        *vcpu() {
          yield* callRcu.rcu.readLock();
          yield* inside.open();
          yield* bigLock.lock();
          yield* bigLock.unlock();
          yield* callRcu.rcu.readUnlock();
        },
      },
      *management() {
        yield* card.remove();
        yield* inside.close();
      },
    });
  },
};
