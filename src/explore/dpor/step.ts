import { conflicts, type Footprint, type Mode } from '../../engine/footprint.js';
import type { StepTaken } from '../../engine/scheduler.js';

/** What two steps are compared by: whose they are and what they touch. */
export interface Access {
  /** Identity of the thread. */
  readonly thread: number;
  /** Which of its ways the step went. */
  readonly branch: number;
  readonly objects: readonly number[];
  readonly modes: readonly Mode[];
  /** Identity of the thread that the step made, or -1. */
  readonly spawned: number;
  /** Identity of the thread whose end it waited for, or -1. */
  readonly joined: number;
}

/** A step with its place in the happens-before order. */
export interface OrderedAccess extends Access {
  /** Its number within its thread, from 1. */
  readonly sequence: number;
  /** How many steps of each thread happen before it, itself included, by identity of the thread. */
  readonly clock: readonly number[];
}

/** A step of the execution under way. */
export interface Step extends OrderedAccess {
  /** Place of the thread in the order of creation. */
  readonly index: number;
  /** In how many ways it could go. */
  readonly count: number;
  readonly counters: readonly number[];
  readonly changes: readonly number[];
  /** The value of the variable that it wrote, before it did. */
  readonly before: unknown;
  readonly taken: StepTaken;
}

/** Whether two steps of different threads touch something in a way that does not commute. */
export function touchInConflict(a: Access, b: Access): boolean {
  for (let i = 0; i < a.objects.length; i++) {
    const object = a.objects[i];
    for (let k = 0; k < b.objects.length; k++) {
      if (b.objects[k] === object && conflicts(a.modes[i] as Mode, b.modes[k] as Mode)) return true;
    }
  }
  return false;
}

/** Whether two steps may be exchanged when they are adjacent. */
export function independent(a: Access, b: Access): boolean {
  return (
    a.thread !== b.thread &&
    a.spawned !== b.thread &&
    b.spawned !== a.thread &&
    a.joined !== b.thread &&
    b.joined !== a.thread &&
    !touchInConflict(a, b)
  );
}

/** Whether `earlier` happens before `later` or is it. */
export function happensBefore(
  earlier: { readonly thread: number; readonly sequence: number },
  clock: readonly number[],
): boolean {
  return (clock[earlier.thread] ?? 0) >= earlier.sequence;
}

/** The access that a footprint describes. */
export function accessOf(thread: number, branch: number, footprint: Footprint): Access {
  return {
    thread,
    branch,
    objects: footprint.objects.slice(),
    modes: footprint.modes.slice(),
    spawned: footprint.spawned,
    joined: footprint.joined,
  };
}
