import type { Memory } from '../models/memory/memory.js';
import type { Sim } from '../src/index.js';
import { Callbacks } from './callbacks.js';

/**
 * While a callback of a device runs, no other of the same device begins: not in the same thread, as by DMA to the device's own
 * registers, and, for regions under the big lock, not in another thread either.
 */
export function noReEntry(sim: Sim, memory: Memory): void {
  const { marks, wrong } = Callbacks.of(sim, memory);
  const name = 'I8: no device is entered again while its callback runs';
  sim.invariant(name, () => {
    sim.assert(marks.count === 0 || wrong.I8 === '', () => `${name}: ${wrong.I8}`);
  });
}
