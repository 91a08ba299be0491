import { type Footprint, Mode, type Need, type WriteCondition } from './footprint.js';
import type { SimObject } from './object.js';
import type { SimThread } from './thread.js';

/** A value that fits into a report: what an operation read, wrote or returned. @public */
export type Shown = string | number | boolean | null;

/** What a blocked operation waits for. @internal */
export interface Wait {
  /** The object, or a description when it is not one (`the end of B`, `until(ready)`). */
  readonly what: string;
  /** The threads that would have to act, where that is known (the holders of a lock, the thread to join). */
  readonly holders: readonly SimThread[];
  /** False when the threads are not holders but awaited themselves. */
  readonly held?: boolean;
}

/** What defines one kind of operation. @internal */
export interface KindDefinition<O extends SimObject, A, B, T> {
  /** The operation as reports name it: `load`, `readLock`. */
  readonly name: string;
  /** How it touches its object. Ignored when `touch` is given. */
  readonly mode: Mode;
  /** Performs the step; `branch` is below what `branches` returned. Returns the value of the operation. */
  execute(this: void, op: Operation<T, O, A, B>, thread: SimThread, branch: number): T;
  /** Whether the step can be taken now. Absent: always. Must not change anything. */
  enabled?(this: void, op: Operation<T, O, A, B>, thread: SimThread): boolean;
  /** For kinds with `enabled`: the counters that allow the step, seen before it is taken. Absent or undefined: only trying tells. */
  needs?(this: void, op: Operation<T, O, A, B>, thread: SimThread): readonly Need[] | undefined;
  /** For kinds whose `touch` depends on the state: when they write their object. Absent: only trying tells. */
  writesIf?(this: void, op: Operation<T, O, A, B>): WriteCondition;
  /** In how many ways the step can go now. Absent: one. */
  branches?(this: void, op: Operation<T, O, A, B>, thread: SimThread): number;
  /** Adds what the step touched just now when that depends on the state; called after `execute`. */
  touch?(this: void, op: Operation<T, O, A, B>, thread: SimThread, footprint: Footprint): void;
  /** Says what a blocked operation waits for. Absent: its object. */
  waits?(this: void, op: Operation<T, O, A, B>, thread: SimThread): Wait;
  /** The value that a report shows. Absent: the result. */
  show?(this: void, op: Operation<T, O, A, B>, result: T): Shown | undefined;
  /** Whether what `show` gives is known before the step is taken, so that it is true also of a step that failed. */
  readonly showsArgument?: boolean;
  /** The author's label, when the operation has one. */
  label?(this: void, op: Operation<T, O, A, B>): string | undefined;
  /** The second step of a two-step operation. */
  readonly followedBy?: OperationKind<O, A, B, T>;
  /** Whether what it touches depends on nothing but its object and arguments, although `touch` is given. */
  readonly fixed?: boolean;
  /** Whether it waits for a condition over variables, of which only evaluating tells what it looks at. */
  readonly conditional?: boolean;
  /** A daemon that is blocked here has nothing left to do. */
  readonly idle?: boolean;
}

/**
 * One kind of operation, defined in one place. A class, although only data, so that all kinds have one shape and the step loop
 * stays monomorphic.
 *
 * @internal
 */
export class OperationKind<O extends SimObject = SimObject, A = unknown, B = unknown, T = unknown> {
  private static count = 0;
  /** Differs between kinds; the same for the life of the process. */
  readonly id: number = OperationKind.count++;
  readonly name: string;
  readonly mode: Mode;
  readonly idle: boolean;
  readonly blocking: boolean;
  readonly conditional: boolean;
  /** Whether it touches the same wherever it is taken. */
  readonly fixed: boolean;
  readonly followedBy: OperationKind<O, A, B, T> | undefined;
  readonly definition: KindDefinition<O, A, B, T>;
  readonly execute: KindDefinition<O, A, B, T>['execute'];
  readonly enabled: NonNullable<KindDefinition<O, A, B, T>['enabled']> | undefined;
  readonly branches: NonNullable<KindDefinition<O, A, B, T>['branches']> | undefined;
  readonly touch: NonNullable<KindDefinition<O, A, B, T>['touch']> | undefined;

  constructor(definition: KindDefinition<O, A, B, T>) {
    this.name = definition.name;
    this.mode = definition.mode;
    this.idle = definition.idle ?? false;
    this.blocking = definition.enabled !== undefined;
    this.conditional = definition.conditional ?? false;
    this.fixed = definition.touch === undefined || definition.fixed === true;
    this.followedBy = definition.followedBy;
    this.definition = definition;
    this.execute = definition.execute;
    this.enabled = definition.enabled;
    this.branches = definition.branches;
    this.touch = definition.touch;
  }
}

/** Where an operation is in its single use. */
const State = { created: 0, yielded: 1, executed: 2, used: 3 } as const;

/**
 * What a thread does next, as a value. `yield*` hands it to the scheduler and gives back its result, typed.
 *
 * An operation is used once, at the place where it is made. It is its own iterator and its own iterator result, so that a step
 * allocates nothing else.
 *
 * @public
 */
export class Operation<T = unknown, O extends SimObject = SimObject, A = unknown, B = unknown>
  implements Iterator<Operation, T, unknown>
{
  /** The iterator result's flag. @internal */
  done = false;
  /** The iterator result's value: the operation itself until it is executed, then what it returned. @internal */
  value: unknown = this;
  /** @internal */
  state: (typeof State)[keyof typeof State] = State.created;

  /** Use {@link makeOperation}. @internal */
  constructor(
    /** @internal */
    public kind: OperationKind<O, A, B, T>,
    /** @internal */
    public object: O,
    /** @internal */
    public argument: A,
    /** Scratch of the kind: a second argument, or what it must remember from one step to the next. @internal */
    public extra: B,
  ) {}

  /** @internal */
  [Symbol.iterator](): this {
    return this;
  }

  /** @internal */
  next(): IteratorResult<Operation, T> {
    if (this.state === State.created) {
      this.state = State.yielded;
      this.object.execution.unyielded--;
    } else if (this.state === State.executed) {
      this.state = State.used;
      this.done = true;
      this.object.execution.session.spareOperations.push(this);
    } else {
      throw this.object.execution.misuse(
        `the operation ${describe(this)} was yielded a second time: an operation is used once, where it is made`,
      );
    }
    return this as unknown as IteratorResult<Operation, T>;
  }

  /** Stores the result; the thread sees it when it is resumed. @internal */
  complete(result: T): void {
    this.value = result;
    this.state = State.executed;
  }

  /** Whether a value that a thread body yielded is an operation that was passed on by `yield*`. @internal */
  static wasYielded(value: unknown): value is Operation {
    return value instanceof Operation && value.state === State.yielded;
  }
}

/**
 * Makes an operation, out of one that was used up where there is one: the garbage of an operation per step would cost a third of
 * the time of a random walk. To the author only the type of the result matters.
 *
 * @internal
 */
export function makeOperation<T, O extends SimObject, A, B>(
  kind: OperationKind<O, A, B, T>,
  object: O,
  argument: A,
  extra: B,
): Operation<T> {
  const execution = object.execution;
  let op = execution.session.spareOperations.pop() as Operation<T, O, A, B> | undefined;
  if (op === undefined) op = new Operation(kind, object, argument, extra);
  else {
    op.kind = kind;
    op.object = object;
    op.argument = argument;
    op.extra = extra;
    op.value = op;
    op.done = false;
    op.state = State.created;
  }
  const made = op as unknown as Operation<T>;
  if (execution.unyielded++ === 0) execution.orphan = undefined;
  else execution.orphan ??= execution.newest;
  execution.newest = made;
  if (execution.recorder !== undefined) execution.recorder.created(made);
  return made;
}

/** `mutex.lock`-like text for messages. @internal */
export function describe(op: {
  readonly kind: { readonly name: string };
  readonly object: SimObject;
}): string {
  return op.object.name === '' ? op.kind.name : `${op.object.name}.${op.kind.name}`;
}

/** Where a blocking operation that is about to be executed could be taken as well; undefined when only trying tells. @internal */
export function needsOf(op: Operation, thread: SimThread): readonly Need[] | undefined {
  return op.kind.blocking ? op.kind.definition.needs?.(op, thread) : undefined;
}

/** Adds what the operation, just executed or about to be, touches. @internal */
export function addFootprint(op: Operation, thread: SimThread, footprint: Footprint): void {
  const kind = op.kind;
  if (kind.touch !== undefined) kind.touch(op, thread, footprint);
  else if (kind.mode !== Mode.none) footprint.add(op.object.id, kind.mode);
  const memory = op.object.memory;
  if (memory !== undefined) footprint.add(memory.id, Mode.read);
  if (kind.touch !== undefined) footprint.writesIf = kind.definition.writesIf?.(op);
}

/** Says what is wrong with a value that is not an operation passed on by `yield*`. @internal */
export function notAnOperation(thread: string, value: unknown): string {
  if (value instanceof Operation) {
    return `thread "${thread}" yielded ${describe(value)} with "yield"; write "yield*" so that it is executed and its value returned`;
  }
  const what = typeof value === 'object' && value !== null ? 'an object' : String(value);
  return `thread "${thread}" yielded ${what}; a thread may only "yield*" operations such as x.load()`;
}
