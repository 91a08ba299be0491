import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind, type Shown } from '../engine/operation.js';
import { shown } from '../engine/shown.js';
import { sync } from '../engine/sync.js';
import { checkFunction } from './arguments.js';

/**
 * A sequentially consistent variable. Every access is one step; a read-modify-write is one step.
 *
 * @public
 */
export class Atomic<T> extends SimObject {
  override readonly type: string = 'atomic';

  /** @internal */
  constructor(
    execution: Execution,
    name: string,
    /** @internal */
    public current: T,
    memory: Memory | undefined,
  ) {
    super(execution, name, memory);
  }

  /** Reads the value. */
  load(): Operation<T> {
    return makeOperation(load, this, undefined, undefined) as Operation<T>;
  }

  /** Replaces the value. */
  store(value: T): Operation<void> {
    return makeOperation(store, this, value, undefined);
  }

  /** Replaces the value; returns the old one. */
  exchange(value: T): Operation<T> {
    return makeOperation(exchange, this, value, undefined) as Operation<T>;
  }

  /**
   * Replaces the value by `desired` if it is `expected` (`===`). Returns the old value: the exchange took place if that is
   * `expected`. A failed exchange only reads.
   */
  compareExchange(expected: T, desired: T): Operation<T> {
    return makeOperation(compareExchange, this, expected, desired) as Operation<T>;
  }

  /** Adds to a number; returns the old value. */
  fetchAdd(this: Atomic<number>, amount: number): Operation<number> {
    return makeOperation(fetchAdd, this, amount, undefined);
  }

  /** Replaces the value by a function of it, which must not touch anything else; returns the old value. */
  update(change: (value: T) => T): Operation<T> {
    checkFunction(this.execution, 'the change of an update', change);
    return makeOperation(
      update,
      this,
      change as (value: unknown) => unknown,
      undefined,
    ) as Operation<T>;
  }

  /** Every change comes here. @internal */
  set(value: T): void {
    const { footprint } = this.execution;
    if (footprint !== undefined) footprint.before = this.current;
    this.current = value;
  }

  /** The value, without a step: in `invariant`, `finally`, `until`, `step` and messages only. */
  peek(): T {
    this.execution.peeked(this);
    return this.current;
  }

  /** Replaces the value inside a `step`. */
  poke(value: T): void {
    sync.releaseWithin(this.execution.poked(this), this);
    this.current = value;
  }
}

type Variable = Atomic<unknown>;

function change(before: unknown, variable: Variable): Shown {
  return `${String(shown(before) ?? 'undefined')} -> ${String(shown(variable.current) ?? 'undefined')}`;
}

const load = new OperationKind<Variable, undefined, undefined, unknown>({
  name: 'load',
  mode: Mode.read,
  execute({ object }, thread) {
    checkAlive(object);
    sync.acquire(thread, object);
    return object.current;
  },
});

const store = new OperationKind<Variable, unknown, undefined, void>({
  name: 'store',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    checkAlive(object);
    sync.release(thread, object);
    object.set(argument);
  },
  show: ({ argument }) => shown(argument),
  showsArgument: true,
});

const exchange = new OperationKind<Variable, unknown, undefined, unknown>({
  name: 'exchange',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    checkAlive(object);
    sync.acquire(thread, object);
    sync.merge(thread, object);
    const before = object.current;
    object.set(argument);
    return before;
  },
  show: ({ object }, before) => change(before, object),
});

/** What `extra` becomes after the step: whether the exchange took place. */
const outcome = { exchanged: Symbol('exchanged'), kept: Symbol('kept') };

const compareExchange = new OperationKind<Variable, unknown, unknown, unknown>({
  name: 'compareExchange',
  mode: Mode.write,
  execute(op, thread) {
    const { object, argument, extra: desired } = op;
    op.extra = outcome.kept;
    checkAlive(object);
    sync.acquire(thread, object);
    const before = object.current;
    if (before === argument) {
      sync.merge(thread, object);
      object.set(desired);
      op.extra = outcome.exchanged;
    }
    return before;
  },
  touch({ object, extra }, _thread, footprint) {
    footprint.add(object.id, extra === outcome.exchanged ? Mode.write : Mode.read);
  },
  writesIf: ({ argument }) => ({ value: argument }),
  show: ({ object, extra }, before) =>
    extra === outcome.exchanged ? change(before, object) : `failed, ${String(shown(before))}`,
});

const fetchAdd = new OperationKind<Atomic<number>, number, undefined, number>({
  name: 'fetchAdd',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    checkAlive(object);
    sync.acquire(thread, object);
    sync.merge(thread, object);
    const before = object.current;
    object.set(before + argument);
    return before;
  },
  show: ({ object }, before) => change(before, object),
});

const update = new OperationKind<Variable, (value: unknown) => unknown, undefined, unknown>({
  name: 'update',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    checkAlive(object);
    const before = object.current;
    const after = argument(before);
    sync.acquire(thread, object);
    sync.merge(thread, object);
    object.set(after);
    return before;
  },
  show: ({ object }, before) => change(before, object),
});
