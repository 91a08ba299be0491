import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const reEntryAfterBarWrite: Hazard = {
  name: 're-entry-after-bar-write',
  title: 'the guest straight after a BAR write',
  description:
    'the guest moves the bar of a card, and at once reads where it was and where it is now',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const moved = sim.reachable('the guest reads after it has moved the bar');
    const card = bench.card('card', {
      name: 'bar0',
      address: 0x100,
      ops: {
        read: () => card.data.read(),
        // pci_update_mappings: two transactions.
        *write(_, value) {
          yield* bench.memory.underBigLock(function* () {
            yield* card.remove();
            yield* card.add(0, value);
          });
        },
      },
    });
    bench.start({
      vcpus: {
        *vcpu() {
          yield* bench.write(0x100, 0x200);
          moved();
          const before = yield* bench.read(0x100);
          sim.assert(before.result !== 'ok', 'I6: the old address still reaches the card');
          const after = yield* bench.read(0x200);
          sim.assert(after.result === 'ok', 'I6: the new address does not reach the card');
        },
      },
    });
  },
};
