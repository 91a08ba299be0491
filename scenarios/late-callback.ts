import type { Routine, Sim } from '../src/index.js';

/** A removal that promises that no callback runs once it has returned. */
export interface Promised {
  /** The removal has returned. */
  readonly returned: () => Routine;
  /** A callback, which looks at its start and at its end. */
  readonly callback: (body: () => Routine) => Routine;
}

/**
 * Watches a removal and the callbacks of what it removes.
 *
 * @param removal - the removal's name upstream
 */
export function noCallbackAfter(sim: Sim, removal: string): Promised {
  const returned = sim.atomic(`${removal} returned`, false);
  function* look(when: string): Routine {
    const late = yield* returned.load();
    sim.assert(!late, `I7: a callback ${when} after ${removal} returned`);
  }
  return {
    *returned() {
      yield* returned.store(true);
    },
    *callback(body) {
      yield* look('starts');
      yield* body();
      yield* look('still runs');
    },
  };
}
