import type { Routine } from '../../../src/index.js';
import type { MemoryDesign } from '../../memory/design.js';
import type { MemoryRegion } from '../../memory/region.js';
import { head } from './head.js';
import { dispatchHolding } from './reference-during-call.js';
import { enter, leave, removedOf, untilUnused, usersOf } from './users.js';

/**
 * D5. Regions are what is protected, not devices: each counts who is in it, and taking one out of the map waits until nobody is. Argued
 * by Jan Kiszka, 2012: the memory layer manages regions and should know nothing of what is behind them.
 *
 * Who is counted was looked up inside a read section, so that a grace period without callbacks in it comes first.
 */
export const regionCount: MemoryDesign = {
  ...head,
  name: 'region-count',
  lockless: true,
  *made(region) {
    usersOf(region);
  },
  viewHolds: () => undefined,
  dispatch: (space, access, reach) => dispatchHolding(space, access, reach, enter, leave),
  *publish({ machine }, changed, rebuild) {
    yield* rebuild();
    yield* quiesce(machine, yield* removedOf(changed));
  },
};

/** Until nobody is in a region, or on the way from the look-up into it. */
export function* quiesce(
  { callRcu }: MemoryRegion['memory']['machine'],
  regions: readonly MemoryRegion[],
): Routine {
  if (regions.length === 0) return;
  yield* callRcu.rcu.synchronize();
  for (const region of regions) yield* untilUnused(region);
}
