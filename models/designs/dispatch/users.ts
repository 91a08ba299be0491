import type { Atomic, Routine } from '../../../src/index.js';
import type { FlatRange } from '../../memory/flat-view.js';
import type { MemoryRegion } from '../../memory/region.js';
import { per } from './per.js';

/** The threads that are in a region: a count would do, but for designs that ask who it is. */
export const usersOf: (region: MemoryRegion) => Atomic<readonly string[]> = per(({ object }) =>
  object.instance.atomic<readonly string[]>('users', []),
);

/** One user more. */
export function* enter({ region }: Pick<FlatRange, 'region'>): Routine<boolean> {
  const { sim } = region.memory;
  const { self } = sim;
  yield* usersOf(region).update((users) => [...users, self]);
  sim.log(`${self} is a user of ${region.name}`);
  return true;
}

/** One user less: the last that a dispatch does with the region. */
export function* leave({ region }: Pick<FlatRange, 'region'>): Routine {
  const { self } = region.memory.sim;
  yield* usersOf(region).update((users) => {
    const at = users.indexOf(self);
    return users.filter((_, n) => n !== at);
  });
}

/** Waits for all users of a region to leave, or for all but the thread that waits. */
export function* untilUnused(region: MemoryRegion, exceptOwn = false): Routine {
  const { sim } = region.memory;
  const users = usersOf(region);
  const self = exceptOwn ? sim.self : undefined;
  const unused = () => users.peek().every((user) => user === self);
  yield* sim.until(unused, `no users of ${region.name}`);
}

/** The regions among those that changed that are out of the map. */
export function* removedOf(changed: readonly MemoryRegion[]): Routine<readonly MemoryRegion[]> {
  const removed: MemoryRegion[] = [];
  for (const region of new Set(changed)) {
    if ((yield* region.layout.read()).container === undefined) removed.push(region);
  }
  return removed;
}
