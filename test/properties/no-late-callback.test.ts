import { describe, expect, it } from 'vitest';
import { deferredReclaim, head, impliedFlush, type MemoryDesign } from '../../models/index.js';
import { noLateCallback } from '../../properties/index.js';
import { wrongWith } from '../models/support.js';
import { MemoryBench, type Story } from './support.js';

const late = ['invariant: I7: no callback once deregistration has returned'];

function wrongIn(design: MemoryDesign, story: (bench: MemoryBench) => Story): string[] {
  return wrongWith((sim) => {
    const bench = new MemoryBench(sim, design);
    noLateCallback(sim, bench.memory);
    bench.run(story(bench));
  });
}

/** The guest reads while the region is taken out of the map. */
function readWhileUnmapped(lockless: boolean): (bench: MemoryBench) => Story {
  return (bench) => ({
    lockless,
    *read() {
      yield* bench.sim.pause();
    },
    vcpus: { vcpu: () => bench.read() },
    command: () => bench.unmap(),
  });
}

describe('noLateCallback', () => {
  it('should hold where deregistration waits for those who are inside', () => {
    expect(wrongIn(impliedFlush, readWhileUnmapped(true))).toEqual([]);
  });

  it('should fail where nobody waits: without the big lock, and for who waits for it', () => {
    expect(wrongIn(deferredReclaim, readWhileUnmapped(true))).toEqual(late);
    expect(wrongIn(head, readWhileUnmapped(false))).toEqual(late);
  });

  it('should not mean the callback that takes its own region out', () => {
    const wrong = wrongIn(head, (bench) => ({
      read: () => bench.unmap(),
      vcpus: { vcpu: () => bench.read() },
    }));
    expect(wrong).toEqual([]);
  });

  it('should hold of callbacks that start as soon as the region is back', () => {
    const wrong = wrongIn(impliedFlush, (bench) => ({
      lockless: true,
      *read() {
        yield* bench.sim.pause();
      },
      vcpus: { vcpu: () => bench.read() },
      *command() {
        yield* bench.unmap();
        yield* bench.map();
      },
    }));
    expect(wrong).toEqual([]);
  });

  it('should hold of a region that is back in the map', () => {
    const wrong = wrongIn(head, (bench) => ({
      *read() {
        yield* bench.sim.pause();
      },
      *command() {
        yield* bench.unmap();
        yield* bench.map();
        yield* bench.read();
      },
    }));
    expect(wrong).toEqual([]);
  });
});
