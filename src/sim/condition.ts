import type { Execution } from '../engine/execution.js';
import { type Footprint, Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { acquireClock, releaseClock, sync, type VectorClock } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';
import type { Mutex } from './mutex.js';

/** A thread inside `wait`. */
interface Waiter {
  readonly thread: SimThread;
  signalled: boolean;
  /** What the signal released. */
  released: VectorClock | undefined;
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
  }

  /**
   * Releases the mutex and blocks in one step; in a second, enabled once signalled and the mutex is free, takes the mutex again.
   * Waiting without the mutex is `lock-misuse`.
   */
  wait(): Operation<void> {
    return makeOperation(wait, this, undefined, undefined);
  }

  /** Wakes one waiter, if there is one. */
  signal(): Operation<void> {
    return makeOperation(signal, this, undefined, undefined);
  }

  /** Wakes all waiters. */
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
    if (this.execution.detectRaces) waiter.released = releaseClock(by);
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

const wake = new OperationKind<Condition, undefined, undefined, void>({
  name: 'wake',
  mode: Mode.write,
  enabled({ object }, thread) {
    return (
      object.mutex.owner === undefined &&
      object.waiters.some((waiter) => waiter.thread === thread && waiter.signalled)
    );
  },
  execute({ object }, thread) {
    checkAlive(object);
    checkAlive(object.mutex);
    const at = object.waiters.findIndex((waiter) => waiter.thread === thread);
    acquireClock(thread, object.waiters[at]?.released);
    object.waiters.splice(at, 1);
    object.mutex.owner = thread;
    sync.acquire(thread, object.mutex);
  },
  touch: touchBoth,
  waits({ object }, thread) {
    const waiter = object.waiters.find((each) => each.thread === thread);
    const { owner } = object.mutex;
    return waiter?.signalled === true && owner !== undefined
      ? { what: object.mutex.name, holders: [owner] }
      : { what: object.name, holders: [] };
  },
});

const wait = new OperationKind<Condition, undefined, undefined, void>({
  name: 'wait',
  mode: Mode.write,
  followedBy: wake,
  execute({ object }, thread) {
    checkAlive(object);
    checkAlive(object.mutex);
    object.mutex.release(thread, `wait on ${object.name}, which releases,`);
    object.waiters.push({ thread, signalled: false, released: undefined });
  },
  touch: touchBoth,
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
