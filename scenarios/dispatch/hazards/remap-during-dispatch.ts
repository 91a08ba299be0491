import { accessSpace, transactionBegin, transactionCommit } from '../../../models/index.js';
import { noMixedDispatch } from '../../../properties/index.js';
import { window } from '../../window.js';
import { Bench, type Part } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const remapDuringDispatch: Hazard = {
  name: 'remap-during-dispatch',
  title: 'remap during dispatch',
  description:
    'the guest reads across the border of two regions of a card, which management moves both at once',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    noMixedDispatch(sim, bench.memory);
    const inside = window(sim, 'moved while the guest reads');
    const part = (name: string, address: number): Part => ({
      name,
      address,
      ops: { read: () => card.data.read() },
    });
    const card = bench.card('card', part('left', 0x100), part('right', 0x110));
    bench.start({
      vcpus: {
        *vcpu() {
          yield* accessSpace(bench.memory.system, { address: 0x10c, size: 8 });
          yield* inside.close();
        },
      },
      *management() {
        yield* transactionBegin(bench.memory);
        yield* card.remove(0);
        yield* card.remove(1);
        yield* card.add(0, 0x200);
        yield* card.add(1, 0x210);
        yield* transactionCommit(bench.memory, true, undefined);
        yield* inside.open();
      },
    });
  },
};
