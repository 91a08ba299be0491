import type { SharedState } from '../models/index.js';
import type { Routine, Sim } from '../src/index.js';

/** Management changes both halves of what callbacks read. */
export function changeBothHalves(window: SharedState): Routine {
  return window.change({ high: 1, low: 1 });
}

/** A callback reads what is changed in two halves, and must not see one of them changed. */
export function* readBothHalves(sim: Sim, window: SharedState): Routine<number> {
  const { high, low } = yield* window.read();
  sim.assert(high === low, 'I13: a callback sees half of a change');
  return low;
}
