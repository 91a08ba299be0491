import type { Memory } from '../models/memory/memory.js';
import type { Sim } from '../src/index.js';
import { Complaints } from './complaints.js';

/**
 * When a commit has returned, what is published is what the regions say: who looks up from then on finds the new map. Since the
 * guest cannot go on before the commit that it caused has returned, it cannot find the old one either.
 */
export function mapInForce(sim: Sim, memory: Memory): void {
  const complaints = new Complaints(sim, 'I6: the map is in force when a commit returns');
  memory.probes.push({
    *committed(changed) {
      const stale = yield* sim.step('the map is in force', () =>
        memory.spaces.peek().find((space) => !space.upToDate),
      );
      if (stale === undefined) return;
      const what = changed.map(({ name }) => name).join(', ');
      yield* complaints.raise(`${stale.name} shows an old map after a change of ${what}`);
    },
  });
}
