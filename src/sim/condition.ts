import type { Execution } from '../engine/execution.js';
import { type Footprint, Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { sync } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';
import { isFree, Mutex } from './mutex.js';

/** A thread inside `wait`. Its counter is 1 once it is signalled. */
class Waiter extends SimObject {
  override readonly type: string = 'waiter';
  signalled = false;

  constructor(
    execution: Execution,
    readonly thread: SimThread,
  ) {
    super(execution, '', undefined);
  }
}

/**
 * A condition variable with its mutex. There are no spurious wake-ups; which of several waiters a signal wakes is explored.
 *
 * @public
 */
export class Condition extends SimObject {
  override readonly type: string = 'condition';
  /** In order of waiting, those already signalled included. @internal */
  waiters: Waiter[] = [];

  /** @internal */
  constructor(
    execution: Execution,
    name: string,
    /** @internal */
    readonly mutex: Mutex,
    memory: Memory | undefined,
  ) {
    super(execution, name, memory);
    if (!(mutex instanceof Mutex)) {
      throw execution.misuse(`condition "${name}" needs the mutex that it belongs to`);
    }
  }

  /**
   * Releases the mutex and blocks in one step; in a second, enabled once signalled and the mutex is free, takes the mutex again.
   * Waiting without the mutex is `lock-misuse`.
   */
  wait(): Operation<void> {
    return makeOperation(wait, this, undefined, undefined);
  }

  /** Wakes one waiter, if there is one; which one is explored. The caller need not hold the mutex. */
  signal(): Operation<void> {
    return makeOperation(signal, this, undefined, undefined);
  }

  /** Wakes all waiters. The caller need not hold the mutex. */
  broadcast(): Operation<void> {
    return makeOperation(broadcast, this, undefined, undefined);
  }

  /** @internal */
  get unsignalled(): Waiter[] {
    return this.waiters.filter((waiter) => !waiter.signalled);
  }

  /** @internal */
  wake(waiter: Waiter, by: SimThread): void {
    waiter.signalled = true;
    waiter.counted(1);
    sync.release(by, waiter);
  }
}

function touchBoth(
  { object }: { object: Condition },
  _thread: SimThread,
  footprint: Footprint,
): void {
  footprint.add(object.id, Mode.write);
  footprint.add(object.mutex.id, Mode.write);
  if (object.mutex.memory !== undefined) footprint.add(object.mutex.memory.id, Mode.read);
}

const wake = new OperationKind<Condition, undefined, Waiter | undefined, void>({
  name: 'wake',
  mode: Mode.write,
  enabled: ({ object: { mutex }, extra }) =>
    extra?.signalled === true && (mutex.owner === undefined || (mutex.memory?.dead ?? false)),
  // A mutex in dead memory lets the waiter go on as well, into the violation: only trying tells.
  needs: ({ object: { id, mutex }, extra }) =>
    mutex.memory === undefined
      ? [{ object: extra?.id ?? id, least: 1, most: 1 }, isFree(mutex)]
      : undefined,
  execute({ object, extra }, thread) {
    checkAlive(object);
    checkAlive(object.mutex);
    const waiter = extra as Waiter;
    sync.acquire(thread, waiter);
    object.waiters = object.waiters.filter((each) => each !== waiter);
    object.mutex.acquire(thread);
  },
  touch: touchBoth,
  fixed: true,
  waits({ object, extra }) {
    const { owner } = object.mutex;
    return extra?.signalled === true && owner !== undefined
      ? { what: object.mutex.name, holders: [owner] }
      : { what: object.name, holders: [] };
  },
});

const wait = new OperationKind<Condition, undefined, Waiter | undefined, void>({
  name: 'wait',
  mode: Mode.write,
  followedBy: wake,
  execute(op, thread) {
    const { object } = op;
    checkAlive(object);
    checkAlive(object.mutex);
    object.mutex.release(thread, `wait on ${object.name}, which releases,`);
    op.extra = new Waiter(object.execution, thread);
    object.waiters.push(op.extra);
  },
  touch: touchBoth,
  fixed: true,
});

const signal = new OperationKind<Condition, undefined, undefined, void>({
  name: 'signal',
  mode: Mode.write,
  branches: ({ object }) => object.unsignalled.length,
  execute({ object }, thread, branch) {
    checkAlive(object);
    const waiter = object.unsignalled[branch];
    if (waiter !== undefined) object.wake(waiter, thread);
  },
});

const broadcast = new OperationKind<Condition, undefined, undefined, void>({
  name: 'broadcast',
  mode: Mode.write,
  execute({ object }, thread) {
    checkAlive(object);
    for (const waiter of object.unsignalled) object.wake(waiter, thread);
  },
});
