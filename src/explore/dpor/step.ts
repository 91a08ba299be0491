import {
  conflicts,
  type Footprint,
  type Mode,
  type Need,
  type WriteCondition,
} from '../../engine/footprint.js';
import type { SimObject } from '../../engine/object.js';
import type { OperationKind } from '../../engine/operation.js';

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

/**
 * A step of the execution under way. Keeps identities and numbers only: a reference to a simulated object would keep the whole world
 * of an earlier execution alive.
 */
export interface Step extends OrderedAccess {
  /** Place of the thread in the order of creation. */
  readonly index: number;
  /** In how many ways it could go. */
  readonly count: number;
  readonly kind: OperationKind;
  /** Identities of the object and of the memory that it is a part of, or -1. */
  readonly object: number;
  readonly memory: number;
  /** See `Footprint`. */
  readonly counters: readonly number[];
  readonly changes: readonly number[];
  readonly before: unknown;
  readonly needs: readonly Need[] | undefined;
  readonly writesIf: WriteCondition | undefined;
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

const none: readonly never[] = [];

/** A copy; most lists are empty. */
function copy<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list.slice();
}

/** The access that a footprint describes. */
export function accessOf(thread: number, branch: number, footprint: Footprint): Access {
  const { objects, modes, spawned, joined } = footprint;
  return { thread, branch, objects: copy(objects), modes: copy(modes), spawned, joined };
}

/** The step that a footprint describes, at its place in the order. */
export function stepOf(
  thread: { readonly id: number; readonly index: number },
  taken: { readonly kind: OperationKind; readonly object: SimObject },
  footprint: Footprint,
  place: {
    readonly branch: number;
    readonly count: number;
    readonly sequence: number;
    readonly clock: readonly number[];
  },
): Step {
  const { objects, modes, spawned, joined, counters, changes, before, needs, writesIf } = footprint;
  return {
    thread: thread.id,
    branch: place.branch,
    objects: copy(objects),
    modes: copy(modes),
    spawned,
    joined,
    sequence: place.sequence,
    clock: place.clock,
    index: thread.index,
    count: place.count,
    kind: taken.kind,
    object: taken.object.id,
    memory: taken.object.memory?.id ?? -1,
    counters: copy(counters),
    changes: copy(changes),
    before,
    needs,
    writesIf,
  };
}
