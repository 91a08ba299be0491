import { describe, expect, it } from 'vitest';
import { deferredReclaim, impliedFlush, type MemoryDesign } from '../../models/index.js';
import { noHalfChange } from '../../properties/index.js';
import { wrongWith } from '../models/support.js';
import { MemoryBench } from './support.js';

/** The guest reads while the device is taken out of the map, changed, and put back. */
function wrongUnder(design: MemoryDesign): string[] {
  return wrongWith((sim) => {
    const bench = new MemoryBench(sim, design);
    const change = noHalfChange(sim, bench.memory);
    bench.run({
      lockless: true,
      *read() {
        yield* sim.pause();
      },
      vcpus: { vcpu: () => bench.read() },
      *command() {
        yield* bench.unmap();
        yield* change.begins(bench.parts.owner);
        yield* sim.pause();
        yield* change.ended(bench.parts.owner);
        yield* bench.map();
      },
    });
  });
}

describe('noHalfChange', () => {
  it('should hold where deregistration waits for those who are inside', () => {
    expect(wrongUnder(impliedFlush)).toEqual([]);
  });

  it('should fail where nobody waits', () => {
    expect(wrongUnder(deferredReclaim)).toEqual(['invariant: I13: no callback amid a change']);
  });
});
