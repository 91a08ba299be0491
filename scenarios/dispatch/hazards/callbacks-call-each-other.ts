import type { RegionOps } from '../../../models/index.js';
import { Bench, type Card } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbacksCallEachOther: Hazard = {
  name: 'callbacks-call-each-other',
  title: 'callbacks call each other',
  description:
    'two virtual CPUs ring the doorbells of two cards, each of which then reads a register of the other',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    bench.locksInOrder();
    const both = sim.reachable('both cards have read the other');
    const reads = (self: () => Card, other: number): RegionOps => ({
      read: () => self().data.read(),
      *write() {
        yield* bench.read(other);
      },
    });
    const left: Card = bench.card('left', {
      name: 'regs',
      address: 0x100,
      ops: reads(() => left, 0x200),
    });
    const right: Card = bench.card('right', {
      name: 'regs',
      address: 0x200,
      ops: reads(() => right, 0x100),
    });
    sim.finally(both);
    bench.start({
      vcpus: {
        *left() {
          yield* bench.write(0x100, 1);
        },
        *right() {
          yield* bench.write(0x200, 1);
        },
      },
    });
  },
};
