import type { RegionOps } from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import { Bench } from '../bench.js';
import type { Hazard } from '../hazard.js';

export const callbacksRemoveEachOther: Hazard = {
  name: 'callbacks-remove-each-other',
  title: 'callbacks remove each other',
  description:
    'two virtual CPUs write two registers of a card, each of which takes the region of the other out',
  threads(sim, design) {
    const bench = new Bench(sim, design);
    const inside = window(sim, 'the right region taken out while the guest writes to it');
    const card = bench.card(
      'card',
      { name: 'left', address: 0x100, ops: removes(1, inside.open) },
      { name: 'right', address: 0x200, ops: removes(0) },
    );
    function removes(other: number, removed?: () => Routine): RegionOps {
      return {
        *write() {
          yield* bench.memory.underBigLock(() => card.remove(other));
          if (removed !== undefined) yield* removed();
        },
      };
    }
    bench.start({
      vcpus: {
        *left() {
          yield* bench.write(0x100, 1);
        },
        *right() {
          yield* bench.write(0x200, 1);
          yield* inside.close();
        },
      },
    });
  },
};
