import type { FlatRange } from '../models/memory/flat-view.js';
import type { Memory } from '../models/memory/memory.js';
import type { MemoryRegion } from '../models/memory/region.js';
import { flatViewRoot, type Looks, render } from '../models/memory/render.js';
import type { Routine, Sim } from '../src/index.js';
import { Complaints } from './complaints.js';

/**
 * When a commit has returned, what is published is what the regions say: who looks up from then on finds the new map. Since the
 * guest cannot go on before the commit that it caused has returned, it cannot find the old one either.
 */
export function mapInForce(sim: Sim, memory: Memory): void {
  const complaints = new Complaints(sim, 'I6: the map is in force when a commit returns');
  memory.probes.push({
    *committed(changed) {
      const stale = yield* sim.step('the map is in force', () => staleSpace(memory));
      if (stale === undefined) return;
      const what = changed.map(({ name }) => name).join(', ');
      yield* complaints.raise(`${stale} shows an old map after a change of ${what}`);
    },
  });
}

/** The name of a space that shows something else than its regions: peeks. */
function staleSpace(memory: Memory): string | undefined {
  for (const space of memory.spaces.peek()) {
    const root = peeked(flatViewRoot(peeks, space.root.peek()));
    const wanted = peeked(render(peeks, root));
    if (!same(wanted, space.currentMap.peek()?.shows ?? [])) return space.name;
  }
  return undefined;
}

function same(wanted: readonly FlatRange[], shown: readonly FlatRange[]): boolean {
  const text = (ranges: readonly FlatRange[]) =>
    ranges.map(({ region, start, size, offset }) => [region.name, start, size, offset].join(' '));
  return text(wanted).join('; ') === text(shown).join('; ');
}

/** Regions as they are, without a step. */
const peeks: Looks = {
  *of({ layout }: MemoryRegion) {
    return layout.peek();
  },
  *ops({ ops }: MemoryRegion) {
    return ops.peek();
  },
};

/** What a routine returns that does nothing but peek. */
function peeked<T>(routine: Routine<T>): T {
  const { done, value } = routine.next();
  if (done !== true) throw new Error('a step where only peeks are allowed');
  return value;
}
