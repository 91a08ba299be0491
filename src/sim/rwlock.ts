import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { checkAlive, type HeldPart, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { acquireClock, joinInto, releaseClock, sync, type VectorClock } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';

/**
 * A lock that many readers or one writer hold. A reader may take it again, a writer may not; taking the write lock as a reader is
 * `lock-misuse`.
 *
 * @public
 */
export class RwLock extends SimObject implements HeldPart {
  override readonly type: string = 'rwlock';
  /** @internal */
  writer: SimThread | undefined = undefined;
  /** How often each reader holds it. @internal */
  readonly readers: Map<SimThread, number> = new Map();
  /** What readers released, for the next writer only: readers do not order each other. @internal */
  readsReleased: VectorClock | undefined = undefined;

  /** @internal */
  constructor(execution: Execution, name: string, memory: Memory | undefined) {
    super(execution, name, memory);
    memory?.contains(this);
  }

  /** Takes the lock together with other readers; enabled while no writer holds it. */
  readLock(): Operation<void> {
    return makeOperation(readLock, this, undefined, undefined);
  }

  /** Gives a reader's hold back. */
  readUnlock(): Operation<void> {
    return makeOperation(readUnlock, this, undefined, undefined);
  }

  /** Takes the lock alone; enabled while nobody holds it. */
  writeLock(): Operation<void> {
    return makeOperation(writeLock, this, undefined, undefined);
  }

  /** Gives the writer's hold back. */
  writeUnlock(): Operation<void> {
    return makeOperation(writeUnlock, this, undefined, undefined);
  }

  /** The names of the threads that hold the lock, the writer or the readers: a peek, allowed where peeks are. */
  get holders(): readonly string[] {
    this.execution.peeked(this);
    const threads = this.writer === undefined ? [...this.readers.keys()] : [this.writer];
    return threads.map(({ name }) => name);
  }

  /** @internal */
  get heldBy(): string | undefined {
    return this.writer?.name ?? this.readers.keys().next().value?.name;
  }

  /** @internal */
  misuse(thread: SimThread, what: string): never {
    return this.execution.fail('lock-misuse', this.name, `${thread.name} ${what} ${this.name}`);
  }
}

/** How the writer shows in the counter of holders; no execution has so many readers. */
const writerCount = -1_000_000_000;

function holds(lock: RwLock, thread: SimThread): boolean {
  return lock.writer === thread || lock.readers.has(thread);
}

const readLock = new OperationKind<RwLock, undefined, undefined, void>({
  name: 'readLock',
  // Readers commute with each other, and not with who looks at the holders.
  mode: Mode.member,
  enabled: ({ object }, thread) => object.writer === undefined || object.writer === thread,
  needs: ({ object }, thread) =>
    object.writer === thread ? [] : [{ object: object.id, least: 0, most: Infinity }],
  execute({ object }, thread) {
    checkAlive(object);
    if (object.writer === thread) object.misuse(thread, 'takes the read lock but is the writer of');
    object.readers.set(thread, (object.readers.get(thread) ?? 0) + 1);
    object.counted(1);
    sync.acquire(thread, object);
  },
  waits: ({ object }) => ({
    what: object.name,
    holders: object.writer === undefined ? [] : [object.writer],
  }),
});

const readUnlock = new OperationKind<RwLock, undefined, undefined, void>({
  name: 'readUnlock',
  // Readers commute with each other, and not with who looks at the holders.
  mode: Mode.member,
  execute({ object }, thread) {
    checkAlive(object);
    const count = object.readers.get(thread);
    if (count === undefined) {
      return object.misuse(thread, 'gives back the read lock without holding');
    }
    object.counted(-1);
    if (count === 1) object.readers.delete(thread);
    else object.readers.set(thread, count - 1);
    if (object.execution.detectRaces) {
      const released = releaseClock(thread);
      if (object.readsReleased === undefined) object.readsReleased = released;
      else joinInto(object.readsReleased, released);
    }
  },
});

const writeLock = new OperationKind<RwLock, undefined, undefined, void>({
  name: 'writeLock',
  mode: Mode.write,
  enabled: ({ object }, thread) =>
    (object.writer === undefined && object.readers.size === 0) || holds(object, thread),
  needs: ({ object }, thread) =>
    holds(object, thread) ? [] : [{ object: object.id, least: 0, most: 0 }],
  execute({ object }, thread) {
    checkAlive(object);
    if (holds(object, thread)) object.misuse(thread, 'takes the write lock but already holds');
    object.writer = thread;
    object.counted(writerCount);
    sync.acquire(thread, object);
    acquireClock(thread, object.readsReleased);
  },
  waits: ({ object }) => ({
    what: object.name,
    holders: object.writer === undefined ? [...object.readers.keys()] : [object.writer],
  }),
});

const writeUnlock = new OperationKind<RwLock, undefined, undefined, void>({
  name: 'writeUnlock',
  mode: Mode.write,
  execute({ object }, thread) {
    checkAlive(object);
    if (object.writer !== thread) {
      object.misuse(thread, 'gives back the write lock without holding');
    }
    object.writer = undefined;
    object.counted(-writerCount);
    sync.merge(thread, object);
  },
});
