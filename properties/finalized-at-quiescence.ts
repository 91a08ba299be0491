import type { QdevEvent } from '../models/qdev/qdev.js';
import type { QomObject } from '../models/qom/object.js';
import type { Qom } from '../models/qom/qom.js';
import type { Atomic, Sim } from '../src/index.js';
import { keptBy } from './kept-by.js';

/** What the property looks at. */
export interface Leftovers {
  readonly qom: Qom;
  /** Objects of which types must not be left over (default: devices). */
  readonly type?: string;
  /** The devices whose end must have been told once each, by id, and where it is told. */
  readonly told?: readonly string[];
  readonly events?: Atomic<readonly QdevEvent[]>;
}

/**
 * When nothing happens any more, every object that is not in the composition tree is finalized, and the end of devices was told.
 *
 * The engine finds blocks that are still allocated (`leak`, if the scenario asks); this property tells what was unplugged from what
 * is still there, sees objects in place as well, also those whose memory went with that of others, and says who keeps an object alive.
 */
export function finalizedAtQuiescence(
  sim: Sim,
  { qom, type = 'device', told = [], events }: Leftovers,
): void {
  sim.finally(({ interrupted }) => {
    // What a thread that ended by a violation was to drop or to finalize is not to be told again.
    if (interrupted) return;
    const open = [...qom.made].filter(({ finalized }) => !finalized).sort(byName);
    for (const object of open) {
      if (!object.block.alive) {
        sim.fail(`I3: ${object.name} is never finalized, and its memory is gone`);
      }
      if (!object.isA(type) || object.parent.peek() !== undefined) continue;
      sim.fail(() => `I3: ${object.name} is never finalized: ${keptBy(object)}`);
    }
    for (const id of told) {
      const count = events?.peek().filter(({ device }) => device === id).length;
      sim.assert(count === 1, `I3: the end of ${id} is told ${count} times`);
    }
  });
}

function byName(a: QomObject, b: QomObject): number {
  return a.name < b.name ? -1 : 1;
}
