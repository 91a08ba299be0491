import { describe, expect, it } from 'vitest';
import { head, lookupThenReference, type MemoryDesign, setAddress } from '../../models/index.js';
import { noMixedDispatch } from '../../properties/index.js';
import { wrongWith } from '../models/support.js';
import { MemoryBench } from './support.js';

const mixed = ['invariant: I13: a dispatch sees one state of a region'];

/** The guest reads over the end of a region, which moves on by its size. */
function wrongUnder(design: MemoryDesign): string[] {
  return wrongWith((sim) => {
    const bench = new MemoryBench(sim, design);
    noMixedDispatch(sim, bench.memory);
    bench.run({
      *read() {
        yield* sim.pause();
      },
      vcpus: { vcpu: () => bench.read(0x104, 8) },
      command: () => setAddress(bench.parts.region, 0x108),
    });
  });
}

describe('noMixedDispatch', () => {
  it('should hold where one view serves the whole access', () => {
    expect(wrongUnder(head)).toEqual([]);
  });

  it('should fail where each piece is looked up for itself', () => {
    expect(wrongUnder(lookupThenReference)).toEqual(mixed);
  });

  it('should fail where the callbacks of a region change under the map', () => {
    const wrong = wrongWith((sim) => {
      const bench = new MemoryBench(sim);
      noMixedDispatch(sim, bench.memory);
      bench.run({
        *read() {
          yield* sim.pause();
        },
        vcpus: { vcpu: () => bench.read() },
        *command() {
          yield* bench.parts.region.ops.write({});
        },
      });
    });
    expect(wrong).toEqual(mixed);
  });
});
