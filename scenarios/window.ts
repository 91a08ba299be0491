import type { Routine, Sim } from '../src/index.js';

/** A stretch of time that a search has to see to be worth anything. */
export interface Window {
  readonly open: () => Routine;
  readonly close: () => Routine;
}

/**
 * Makes a window that one thread opens and another closes; the report says if no execution ever saw it open. The marks
 * order nothing, and an invariant looks at them: no thread learns anything from the other by being watched.
 */
export function window(sim: Sim, label: string): Window {
  const seen = sim.reachable(label);
  const opened = sim.semaphore(`begins: ${label}`, 0);
  const closed = sim.semaphore(`ends: ${label}`, 0);
  sim.invariant(`window: ${label}`, () => {
    if (opened.peek() > 0 && closed.peek() === 0) seen();
  });
  return {
    *open() {
      yield* opened.mark();
    },
    *close() {
      yield* closed.mark();
    },
  };
}
