import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { sync } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';

/**
 * An atomic count of references. Going below zero and rising from zero are `refcount` violations: the first means a reference was
 * dropped twice, the second that a dead object was resurrected.
 *
 * @public
 */
export class Refcount extends SimObject {
  override readonly type: string = 'refcount';
  /** @internal */
  count: number;
  /** What happened to the count, kept only while a trace is recorded. */
  private readonly history: string[] = [];

  /** @internal */
  constructor(
    execution: Execution,
    name: string,
    /** @internal */
    readonly initial: number,
    memory: Memory | undefined,
  ) {
    super(execution, name, memory);
    this.count = initial;
    if (!Number.isInteger(initial) || initial < 0) {
      throw execution.misuse(
        `refcount "${name}" must start with a whole number from 0, not ${initial}`,
      );
    }
    memory?.countedBy(() =>
      [`${this.name} is ${this.count}, from ${initial} at first`, ...this.history].join('; '),
    );
  }

  /** Takes a reference. A label says in messages and reports what does, or for whom. */
  get(label = ''): Operation<void> {
    return makeOperation(get, this, undefined, label);
  }

  /** Drops a reference; returns true to the caller that reached zero. A label as for `get`. */
  put(label = ''): Operation<boolean> {
    return makeOperation(put, this, undefined, label);
  }

  /** Takes a reference unless the count is zero; returns whether it did. A failure only reads. */
  tryGet(): Operation<boolean> {
    return makeOperation(tryGet, this, undefined, undefined);
  }

  /** The count, without a step: in `invariant`, `finally`, `until`, `step` and messages only. */
  peek(): number {
    this.execution.peeked(this);
    return this.count;
  }

  /** @internal */
  change(by: 1 | -1, thread: SimThread): void {
    sync.acquire(thread, this);
    sync.merge(thread, this);
    this.count += by;
    this.counted(by);
    if (this.execution.recorder !== undefined) {
      const what = by > 0 ? 'taken' : 'dropped';
      this.history.push(`${what} at step ${this.execution.steps} by ${thread.name}`);
    }
  }

  /** @internal */
  misuse(what: string, label: string): never {
    const message = `${label === '' ? '' : `${label}: `}${this.name} ${what}`;
    return this.execution.fail('refcount', this.name, message, [...this.history]);
  }
}

const get = new OperationKind<Refcount, undefined, string, void>({
  name: 'get',
  mode: Mode.write,
  execute({ object, extra }, thread) {
    checkAlive(object);
    if (object.count === 0) object.misuse('rises from zero', extra);
    object.change(1, thread);
  },
  show: ({ object }) => object.count,
  label: ({ extra }) => extra,
});

const put = new OperationKind<Refcount, undefined, string, boolean>({
  name: 'put',
  mode: Mode.write,
  execute({ object, extra }, thread) {
    checkAlive(object);
    if (object.count === 0) object.misuse('goes below zero', extra);
    object.change(-1, thread);
    return object.count === 0;
  },
  show: ({ object }) => object.count,
  label: ({ extra }) => extra,
});

const tryGet = new OperationKind<Refcount, undefined, boolean | undefined, boolean>({
  name: 'tryGet',
  mode: Mode.write,
  execute(op, thread) {
    checkAlive(op.object);
    op.extra = op.object.count > 0;
    if (op.extra) op.object.change(1, thread);
    else sync.acquire(thread, op.object);
    return op.extra;
  },
  touch({ object, extra }, _thread, footprint) {
    footprint.add(object.id, extra === true ? Mode.write : Mode.read);
  },
  writesIf: ({ object }) => ({ object: object.id, least: 1 - object.initial, most: Infinity }),
});
