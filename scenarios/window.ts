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
  return windowDuring(sim, label, () => true);
}

/** @param meanwhile - what else has to hold for the window to be seen; may peek */
function windowDuring(sim: Sim, label: string, meanwhile: () => boolean): Window {
  const seen = sim.reachable(label);
  const opened = sim.semaphore(`begins: ${label}`, 0);
  const closed = sim.semaphore(`ends: ${label}`, 0);
  sim.invariant(`window: ${label}`, () => {
    if (meanwhile() && opened.peek() > 0 && closed.peek() === 0) seen();
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

/** A change, and an access that it overtakes. */
export interface Overtaking {
  /** The change has ended, or is about to begin where that is what the label says. */
  readonly changed: () => Routine;
  /**
   * The access has ended.
   *
   * @param reached - whether it came to a callback
   */
  readonly accessed: (reached: boolean) => Routine;
}

/**
 * Makes a window that is only seen where an access ends after a change and has come to a callback all the same: it has begun before. For
 * designs where the change waits for no access.
 */
export function overtaking(sim: Sim, label: string): Overtaking {
  const seen = sim.reachable(label);
  const changed = sim.semaphore(`${label}: the change is over`, 0);
  const accessed = sim.semaphore(`${label}: the access is over`, 0);
  let late = false;
  sim.invariant(`window: ${label}`, () => {
    if (accessed.peek() === 0) late = changed.peek() > 0;
    else if (late) seen();
  });
  return {
    *changed() {
      yield* changed.mark();
    },
    *accessed(reached) {
      if (reached) yield* accessed.mark();
    },
  };
}

/** A window, and something else that has to be under way for it to count. */
export interface Overlap extends Window {
  readonly begin: () => Routine;
}

/** Makes a window that is only seen while what has begun before it, or begins within, is not over: whoever closes it has begun it. */
export function overlap(sim: Sim, label: string): Overlap {
  const begun = sim.semaphore(`${label}: both`, 0);
  return {
    *begin() {
      yield* begun.mark();
    },
    ...windowDuring(sim, label, () => begun.peek() > 0),
  };
}

/** Does something while an overlap lasts. */
export function* during({ begin, close }: Overlap, body: () => Routine): Routine {
  yield* begin();
  yield* body();
  yield* close();
}
