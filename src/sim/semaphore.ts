import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import {
  type KindDefinition,
  makeOperation,
  type Operation,
  OperationKind,
} from '../engine/operation.js';
import { sync } from '../engine/sync.js';

/** A counting semaphore. @public */
export class Semaphore extends SimObject {
  override readonly type: string = 'semaphore';
  /** @internal */
  count: number;

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
        `semaphore "${name}" must start with a whole number from 0, not ${initial}`,
      );
    }
  }

  /** Adds one. */
  post(): Operation<void> {
    return makeOperation(post, this, undefined, undefined);
  }

  /** Like `post`, and called a mark in reports: a check is told something here, which is no part of the model. */
  mark(): Operation<void> {
    return makeOperation(mark, this, undefined, undefined);
  }

  /** Takes one; enabled while there is one. */
  wait(): Operation<void> {
    return makeOperation(wait, this, undefined, undefined);
  }

  /** The count, without a step: in `invariant`, `finally`, `until`, `step` and messages only. */
  peek(): number {
    this.execution.peeked(this);
    return this.count;
  }
}

const posting: KindDefinition<Semaphore, undefined, undefined, void> = {
  name: 'post',
  mode: Mode.write,
  execute({ object }, thread) {
    checkAlive(object);
    object.count++;
    object.counted(1);
    sync.merge(thread, object);
  },
  show: ({ object }) => object.count,
};

const post = new OperationKind(posting);

const mark = new OperationKind({ ...posting, name: 'mark', show: () => undefined });

const wait = new OperationKind<Semaphore, undefined, undefined, void>({
  name: 'wait',
  mode: Mode.write,
  enabled: ({ object }) => object.count > 0,
  needs: ({ object }) => [{ object: object.id, least: 1 - object.initial, most: Infinity }],
  execute({ object }, thread) {
    checkAlive(object);
    object.count--;
    object.counted(-1);
    sync.acquire(thread, object);
  },
  show: ({ object }) => object.count,
});
