import type { Execution } from '../engine/execution.js';
import { Mode, type Need } from '../engine/footprint.js';
import { checkAlive, type HeldPart, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { sync } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';

/**
 * A lock that one thread holds at a time. Not recursive: locking what one holds, and unlocking what one does not hold, is
 * `lock-misuse`.
 *
 * @public
 */
export class Mutex extends SimObject implements HeldPart {
  override readonly type: string = 'mutex';
  /** @internal */
  owner: SimThread | undefined = undefined;

  /** @internal */
  constructor(execution: Execution, name: string, memory: Memory | undefined) {
    super(execution, name, memory);
    memory?.contains(this);
  }

  /** Takes the lock; enabled only while it is free. */
  lock(): Operation<void> {
    return makeOperation(lock, this, undefined, undefined);
  }

  /** Takes the lock if it is free; returns whether it did. A failure only reads. */
  tryLock(): Operation<boolean> {
    return makeOperation(tryLock, this, undefined, undefined);
  }

  /** Gives the lock back. */
  unlock(): Operation<void> {
    return makeOperation(unlock, this, undefined, undefined);
  }

  /** The name of the thread that holds the lock: a peek, allowed where peeks are. */
  get holder(): string | undefined {
    this.execution.peeked(this);
    return this.owner?.name;
  }

  /** @internal */
  get heldBy(): string | undefined {
    return this.owner?.name;
  }

  /** The thread holds the lock from now on. @internal */
  acquire(thread: SimThread): void {
    this.owner = thread;
    this.counted(1);
    sync.acquire(thread, this);
  }

  /** Gives the lock back, or fails when the thread does not hold it. @internal */
  release(thread: SimThread, operationName: string): void {
    if (this.owner !== thread) {
      const holder = this.owner === undefined ? 'nobody holds it' : `${this.owner.name} holds it`;
      this.execution.fail(
        'lock-misuse',
        this.name,
        `${operationName} of ${this.name} by ${thread.name}, but ${holder}`,
      );
    }
    this.owner = undefined;
    this.counted(-1);
    sync.merge(thread, this);
  }
}

/** Its counter is the number of holders. */
export function isFree(mutex: Mutex): Need {
  return { object: mutex.id, least: 0, most: 0 };
}

const lock = new OperationKind<Mutex, undefined, undefined, void>({
  name: 'lock',
  mode: Mode.write,
  // The owner may go on, into the violation: a recursive lock is a mistake and not only a deadlock.
  enabled: ({ object }, thread) => object.owner === undefined || object.owner === thread,
  execute({ object }, thread) {
    checkAlive(object);
    if (object.owner === thread) {
      object.execution.fail(
        'lock-misuse',
        object.name,
        `${thread.name} locks ${object.name}, which it already holds`,
      );
    }
    object.acquire(thread);
  },
  needs: ({ object }, thread) => (object.owner === thread ? [] : [isFree(object)]),
  waits: ({ object }) => ({
    what: object.name,
    holders: object.owner === undefined ? [] : [object.owner],
  }),
});

const tryLock = new OperationKind<Mutex, undefined, undefined | boolean, boolean>({
  name: 'tryLock',
  mode: Mode.write,
  execute(op, thread) {
    checkAlive(op.object);
    if (op.object.owner !== undefined) {
      op.extra = false;
      return false;
    }
    op.object.acquire(thread);
    op.extra = true;
    return true;
  },
  touch({ object, extra }, _thread, footprint) {
    footprint.add(object.id, extra === true ? Mode.write : Mode.read);
  },
  writesIf: ({ object }) => isFree(object),
});

const unlock = new OperationKind<Mutex, undefined, undefined, void>({
  name: 'unlock',
  mode: Mode.write,
  execute({ object }, thread) {
    checkAlive(object);
    object.release(thread, 'unlock');
  },
});
