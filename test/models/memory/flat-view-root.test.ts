import { describe, expect, it } from 'vitest';
import {
  addSubregion,
  head,
  Machine,
  Memory,
  type RegionOptions,
  regionInit,
} from '../../../models/index.js';
import { exploreAll, found } from '../support.js';

interface Child {
  readonly address: number;
  readonly size: number;
  readonly aliased?: boolean;
}

/** What is seen from a space of size 0x100 with these regions in its root is rendered from the region of that name. */
function renderedFrom(name: string, ...children: readonly Child[]): string[] {
  const report = exploreAll((sim) => {
    const machine = new Machine(sim);
    const memory = new Memory(machine, head);
    machine.start({
      *boot() {
        const root = yield* memory.boot(memory.system, 0x100);
        for (const [n, { address, size, aliased = false }] of children.entries()) {
          const io: RegionOptions = { name: `io${n}`, size, ops: {} };
          let region = yield* regionInit(memory, undefined, io);
          if (aliased) {
            const alias = { target: region, offset: 0 };
            region = yield* regionInit(memory, undefined, { name: `alias${n}`, size, alias });
          }
          yield* addSubregion(root, region, address);
        }
        const view = yield* memory.system.currentMap.load();
        sim.assert(view?.name === `view of ${name}`, () => `it is a ${view?.name}`);
      },
    });
  });
  return found(report);
}

describe('the region that a view is rendered from', () => {
  it('should be the only one in the root, if it begins where the root does', () => {
    expect(renderedFrom('io0', { address: 0, size: 0x100 })).toEqual([]);
    expect(renderedFrom('io0', { address: 0, size: 0x10 })).toEqual([]);
  });

  it('should be the root if the only one in it is elsewhere, or larger', () => {
    expect(renderedFrom('system', { address: 0x10, size: 0x10 })).toEqual([]);
    expect(renderedFrom('system', { address: 0, size: 0x200 })).toEqual([]);
  });

  it('should be the root if there are several', () => {
    const [first, second] = [
      { address: 0, size: 0x10 },
      { address: 0x10, size: 0x10 },
    ];
    expect(renderedFrom('system', first, second)).toEqual([]);
  });

  it('should be what an alias shows the whole of', () => {
    expect(renderedFrom('io0', { address: 0, size: 0x10, aliased: true })).toEqual([]);
  });

  it('should be nothing if there is nothing', () => {
    expect(renderedFrom('nothing')).toEqual([]);
  });
});
