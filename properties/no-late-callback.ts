import type { Memory } from '../models/memory/memory.js';
import type { Sim } from '../src/index.js';
import { Callbacks } from './callbacks.js';

/**
 * Once the deregistration of a region has returned, no callback of it starts, and none that another thread is in goes on. A callback
 * that deregisters its own region is not meant.
 *
 * Upstream promises no such thing to regions without the big lock; a device has to expect callbacks until it is finalized.
 */
export function noLateCallback(sim: Sim, memory: Memory): void {
  const { marks, wrong } = Callbacks.of(sim, memory);
  const name = 'I7: no callback once deregistration has returned';
  sim.invariant(name, () => {
    sim.assert(marks.count === 0 || wrong.I7 === '', () => `${name}: ${wrong.I7}`);
  });
}
