/** How an access relates to others of the same object. Accesses of equal mode commute unless both write. @internal */
export const Mode = {
  none: 0,
  /** Commutes with other reads. */
  read: 1,
  /** Commutes with nothing. */
  write: 2,
  /** Commutes with other members, conflicts with reads: a reader's section against one who looks at all sections. */
  member: 3,
} as const;

/** One of the values of `Mode`. @internal */
export type Mode = (typeof Mode)[keyof typeof Mode];

/** Whether two accesses of one object are dependent. @internal */
export function conflicts(a: Mode, b: Mode): boolean {
  return a === Mode.write || a !== b;
}

/** Stands for a value that nobody kept. @internal */
export const notKnown: symbol = Symbol('not known');

/** Takes notes of what is looked at. @internal */
export interface ReadSink {
  add(object: number, mode: Mode): void;
}

/** A range that the counter of an object must lie in. @internal */
export interface Need {
  readonly object: number;
  readonly least: number;
  readonly most: number;
}

/** When a step writes its object, which it only reads otherwise: a counter in a range, or a variable with a value. @internal */
export type WriteCondition = Need | { readonly value: unknown };

/**
 * What one executed step touched: the ground of the dependency relation of partial-order reduction. An object appears once, with
 * the strongest mode it was touched in.
 *
 * @internal
 */
export class Footprint implements ReadSink {
  // Few objects are touched by one step: searching a short array beats hashing.
  readonly objects: number[] = [];
  readonly modes: Mode[] = [];
  /** Identity of the thread that this step created, or -1. */
  spawned = -1;
  /** Identity of the thread whose end this step waited for, or -1. */
  joined = -1;
  /** Which counters the step changed, and by how much: what decides whether blocked operations can go on. */
  readonly counters: number[] = [];
  readonly changes: number[] = [];
  /** The value of the variable that the step wrote, before it did. */
  before: unknown = notKnown;

  /** For a step that can block: where it could be taken as well. Undefined: only trying tells. */
  needs: readonly Need[] | undefined = undefined;
  /** For a step that writes or reads depending on the state. Undefined: only trying tells. */
  writesIf: WriteCondition | undefined = undefined;

  clear(): void {
    if (this.objects.length > 0) {
      this.objects.length = 0;
      this.modes.length = 0;
    }
    if (this.counters.length > 0) {
      this.counters.length = 0;
      this.changes.length = 0;
    }
    this.needs = undefined;
    this.writesIf = undefined;
    this.spawned = -1;
    this.joined = -1;
    this.before = notKnown;
  }

  /** Notes a change of a counter of an object (holders of a lock, posts of a semaphore). */
  count(object: number, change: number): void {
    this.counters.push(object);
    this.changes.push(change);
  }

  add(object: number, mode: Mode): void {
    const at = this.objects.indexOf(object);
    if (at < 0) {
      this.objects.push(object);
      this.modes.push(mode);
    } else if (this.modes[at] !== mode) {
      // A read together with a membership conflicts with everything, as a write does.
      this.modes[at] = Mode.write;
    }
  }
}
