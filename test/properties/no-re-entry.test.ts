import { describe, expect, it } from 'vitest';
import { deferredReclaim, head, type MemoryDesign } from '../../models/index.js';
import { noReEntry } from '../../properties/index.js';
import { wrongWith } from '../models/support.js';
import { MemoryBench, type Story } from './support.js';

const entered = ['invariant: I8: no device is entered again while its callback runs'];

function wrongIn(story: (bench: MemoryBench) => Story, design: MemoryDesign = head): string[] {
  return wrongWith((sim) => {
    const bench = new MemoryBench(sim, design);
    noReEntry(sim, bench.memory);
    bench.run(story(bench));
  });
}

/** Two virtual CPUs read the same register. */
function twoReaders(bench: MemoryBench): Pick<Story, 'vcpus'> {
  return { vcpus: { a: () => bench.read(), b: () => bench.read() } };
}

describe('noReEntry', () => {
  it('should hold of callbacks one after another under the big lock', () => {
    const wrong = wrongIn((bench) => ({
      ...twoReaders(bench),
      *read() {
        yield* bench.sim.pause();
      },
    }));
    expect(wrong).toEqual([]);
  });

  it('should fail for a callback that drops the big lock and lets another in', () => {
    const wrong = wrongIn((bench) => ({
      ...twoReaders(bench),
      *read() {
        const { bigLock } = bench.machine;
        yield* bigLock.unlock();
        yield* bigLock.lock();
      },
    }));
    expect(wrong).toEqual(entered);
  });

  it('should fail for a device that reads its own register by DMA', () => {
    const wrong = wrongIn((bench) => {
      let depth = 0;
      return {
        vcpus: { vcpu: () => bench.read() },
        *read() {
          if (depth++ === 0) yield* bench.read();
        },
      };
    });
    expect(wrong).toEqual(entered);
  });

  it('should let callbacks without the big lock run beside each other', () => {
    const story = (bench: MemoryBench): Story => ({
      ...twoReaders(bench),
      lockless: true,
      *read() {
        yield* bench.sim.pause();
      },
    });
    expect(wrongIn(story, deferredReclaim)).toEqual([]);
  });
});
