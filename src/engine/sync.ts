import type { SimObject } from './object.js';
import type { SimThread } from './thread.js';

/** Logical time by thread index; what is missing is 0. @internal */
export type VectorClock = number[];

/** Takes the pointwise maximum into `into`. */
export function joinInto(into: VectorClock, from: VectorClock): void {
  for (let i = into.length; i < from.length; i++) into.push(0);
  for (let i = 0; i < from.length; i++) {
    const time = from[i] as number;
    if (time > (into[i] as number)) into[i] = time;
  }
}

/** The clock of a thread, made when it is first needed. A thread's own time starts at 1. */
export function clockOf(thread: SimThread): VectorClock {
  let clock = thread.clock;
  if (clock === undefined) {
    clock = [];
    for (let i = 0; i < thread.index; i++) clock.push(0);
    clock.push(1);
    thread.clock = clock;
  }
  return clock;
}

/** What a thread releases now: a copy of its clock; its own time moves on. */
export function releaseClock(thread: SimThread): VectorClock {
  const released = clockOf(thread).slice();
  moveOn(thread);
  return released;
}

/** What the thread does from now on is later than what it released. */
export function moveOn(thread: SimThread): void {
  const clock = clockOf(thread);
  clock[thread.index] = (clock[thread.index] as number) + 1;
}

/** The thread sees all that happened before `released`. */
export function acquireClock(thread: SimThread, released: VectorClock | undefined): void {
  if (released !== undefined) joinInto(clockOf(thread), released);
}

/**
 * The synchronisation order, for data races only: what the modelled program orders by its own means. It is not the dependency
 * order of partial-order reduction, which orders every conflicting pair.
 *
 * Vector clocks after Mattern 1989; the cells of plain variables after FastTrack (Flanagan and Freund, PLDI 2009).
 */
export const sync = {
  /** A load or lock: sees what was released into the object. */
  acquire(thread: SimThread, object: SimObject): void {
    if (object.execution.detectRaces) acquireClock(thread, object.released);
  },
  /** A store: what was released into the object before is no longer seen through it. */
  release(thread: SimThread, object: SimObject): void {
    if (object.execution.detectRaces) object.released = releaseClock(thread);
  },
  /** A store that is part of an indivisible step: whoever sees it sees all of the step, so that time moves on only after that. */
  releaseWithin(thread: SimThread, object: SimObject): void {
    if (object.execution.detectRaces) object.released = clockOf(thread).slice();
  },
  /** A read-modify-write, unlock, post or set: adds to what is released into the object. */
  merge(thread: SimThread, object: SimObject): void {
    if (!object.execution.detectRaces) return;
    const released = releaseClock(thread);
    if (object.released === undefined) object.released = released;
    else joinInto(object.released, released);
  },
};
