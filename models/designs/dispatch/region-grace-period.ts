import type { MemoryDesign } from '../../memory/design.js';
import { head } from './head.js';
import { insideDispatch } from './inside-dispatch.js';
import { enter, leave, removedOf, untilUnused, usersOf } from './users.js';

/**
 * D24. As D12 the read section spans the callback and changes of the map wait; but a callback that changes the map waits for the users of
 * the regions that it takes out alone, since it cannot wait for its own read section. Suggested by Liu Ping Fan, 2012.
 */
export const regionGracePeriod: MemoryDesign = {
  ...head,
  name: 'region-grace-period',
  lockless: true,
  *made(region) {
    usersOf(region);
  },
  viewHolds: () => undefined,
  *dispatch(space, access, reach) {
    return yield* insideDispatch(space.memory).around(() => head.dispatch(space, access, reach));
  },
  *callback(region, run) {
    yield* enter({ region });
    const outcome = yield* run();
    yield* leave({ region });
    return outcome;
  },
  *publish(memory, changed, rebuild) {
    yield* rebuild();
    if (insideDispatch(memory).depth === 0) yield* memory.machine.callRcu.rcu.synchronize();
    else for (const region of yield* removedOf(changed)) yield* untilUnused(region);
  },
};
