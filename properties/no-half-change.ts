import type { Memory } from '../models/memory/memory.js';
import type { QomObject } from '../models/qom/object.js';
import type { Routine, Sim } from '../src/index.js';
import { Callbacks } from './callbacks.js';

/** What a thread says that changes a device's state in several steps. */
export interface Change {
  readonly begins: (owner: QomObject) => Routine;
  readonly ended: (owner: QomObject) => Routine;
}

/**
 * A callback sees a device's state as it was or as it is: none runs while another thread is between the first and the last step of a
 * change.
 *
 * The pattern that Jan Kiszka put to every design of 2012: one side deregisters, makes a state invalid, makes another valid,
 * registers; the other looks up and uses.
 */
export function noHalfChange(sim: Sim, memory: Memory): Change {
  const callbacks = Callbacks.of(sim, memory);
  const { marks, wrong } = callbacks;
  const name = 'I13: no callback amid a change';
  sim.invariant(name, () => {
    sim.assert(marks.count === 0 || wrong.I13 === '', () => `${name}: ${wrong.I13}`);
  });
  return {
    begins: (owner) => callbacks.changeBegins(owner),
    ended: (owner) => callbacks.changeEnded(owner),
  };
}
