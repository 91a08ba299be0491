import type { Access } from '../models/memory/access.js';
import type { FlatRange, FlatView } from '../models/memory/flat-view.js';
import type { Memory } from '../models/memory/memory.js';
import type { Sim } from '../src/index.js';
import { Complaints } from './complaints.js';

interface Looked {
  readonly view: FlatView;
  readonly address: number;
  readonly range: FlatRange | undefined;
}

/**
 * All pieces of one access find what one and the same map says, and the callbacks that run are those that the region had in that map.
 *
 * What each thread looked up is known to that thread alone, so that watching costs no step until something is wrong.
 */
export function noMixedDispatch(sim: Sim, memory: Memory): void {
  const complaints = new Complaints(sim, 'I13: a dispatch sees one state of a region');
  /** The accesses that each thread is in, the innermost last. */
  const underWay = new Map<string, Looked[][]>();
  const mine = (): Looked[][] => {
    let known = underWay.get(sim.self);
    if (known === undefined) underWay.set(sim.self, (known = []));
    return known;
  };
  memory.probes.push({
    *accessBegins() {
      mine().push([]);
    },
    *lookedUp(view, { address }: Access, range) {
      mine().at(-1)?.push({ view, address, range });
    },
    *callbackBegins(region, ops) {
      const range = mine().at(-1)?.at(-1)?.range;
      if (range?.region !== region || range.ops === ops) return;
      yield* complaints.raise(`${region.name} has other callbacks than in the map looked up`);
    },
    *accessEnded() {
      const pieces = mine().pop() ?? [];
      if (pieces.some(({ view }) => pieces.every((piece) => agrees(view, piece)))) return;
      if (pieces.length === 0) return;
      const found = pieces.map(
        ({ address, range }) => `${range?.region.name ?? 'nothing'} at 0x${address.toString(16)}`,
      );
      yield* complaints.raise(`one access found ${found.join(', then ')}, in different maps`);
    },
  });
}

/** Whether a view says the same of an address as the one that was looked at. */
function agrees({ shows }: FlatView, { address, range }: Looked): boolean {
  const there = shows.find(({ start, size }) => address >= start && address < start + size);
  return (
    there?.region === range?.region &&
    address - (there?.start ?? 0) + (there?.offset ?? 0) ===
      address - (range?.start ?? 0) + (range?.offset ?? 0)
  );
}
