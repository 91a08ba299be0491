import { describe, expect, it } from 'vitest';
import { head, type MemoryDesign } from '../../models/index.js';
import { mapInForce } from '../../properties/index.js';
import { wrongWith } from '../models/support.js';
import { MemoryBench } from './support.js';

/** Publishes when the main loop comes to it, as nobody wanted it in 2012. */
const publishedLater: MemoryDesign = {
  ...head,
  *publish({ machine }, _changed, rebuild) {
    const { bottomHalves } = machine.loop;
    yield* bottomHalves.schedule(yield* bottomHalves.create('rebuild', rebuild));
  },
};

function wrongUnder(design: MemoryDesign): string[] {
  return wrongWith((sim) => {
    const bench = new MemoryBench(sim, design);
    mapInForce(sim, bench.memory);
    bench.run({
      read: () => pause(bench),
      *command() {
        yield* bench.unmap();
        yield* bench.map();
      },
    });
  });
}

function* pause({ sim }: MemoryBench) {
  yield* sim.pause();
}

describe('mapInForce', () => {
  it('should hold where a commit publishes', () => {
    expect(wrongUnder(head)).toEqual([]);
  });

  it('should fail where a commit returns before the map is published', () => {
    expect(wrongUnder(publishedLater)).toEqual([
      'invariant: I6: the map is in force when a commit returns',
    ]);
  });
});
