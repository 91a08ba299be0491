import type { MemoryDesign } from '../../memory/design.js';
import type { Memory } from '../../memory/memory.js';
import { rebuild } from '../../memory/topology.js';
import { insideDispatch } from './inside-dispatch.js';
import { per } from './per.js';
import { regionOperations } from './region-operations.js';

/** The threads that have changes to make when they leave their outermost dispatch: what each knows of itself. */
const late = per((_memory: Memory) => new Set<string>());

/**
 * D26. D10, and what a callback changes of the map is applied when the thread leaves its outermost dispatch, before the guest goes on.
 * What Jan Kiszka asked D10 to be, 2012; Avi Kivity said no.
 */
export const commitAfterCallback: MemoryDesign = {
  ...regionOperations,
  name: 'commit-after-callback',
  *dispatch(space, access, reach) {
    const { memory } = space;
    const inside = insideDispatch(memory);
    const outcome = yield* inside.around(() => regionOperations.dispatch(space, access, reach));
    if (inside.depth === 0 && late(memory).delete(memory.sim.self)) {
      yield* memory.underBigLock(() => rebuild(memory));
    }
    return outcome;
  },
  *publish(memory, _changed, now) {
    if (insideDispatch(memory).depth === 0) yield* now();
    else late(memory).add(memory.sim.self);
  },
};
