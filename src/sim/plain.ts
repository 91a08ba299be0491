import type { Execution } from '../engine/execution.js';
import { Mode } from '../engine/footprint.js';
import { checkAlive, type Memory } from '../engine/memory.js';
import { SimObject } from '../engine/object.js';
import { makeOperation, type Operation, OperationKind } from '../engine/operation.js';
import { shown } from '../engine/shown.js';
import { clockOf } from '../engine/sync.js';
import type { SimThread } from '../engine/thread.js';

/** An access that a later one may race with. */
interface Access {
  readonly thread: SimThread;
  /** The thread's own logical time at the access. */
  readonly time: number;
  readonly step: number;
}

/**
 * Ordinary memory. Two accesses by different threads, one of them a write, that the program does not order by locks, atomics or
 * other synchronisation are a `data-race`, whatever order they happen to take.
 *
 * @public
 */
export class Plain<T> extends SimObject {
  override readonly type: string = 'plain';
  private lastWrite: Access | undefined = undefined;
  /** The last read of each thread since the last write. */
  private reads: Access[] = [];

  /** @internal */
  constructor(
    execution: Execution,
    name: string,
    /** @internal */
    public current: T,
    memory: Memory | undefined,
  ) {
    super(execution, name, memory);
    execution.needRaceDetection();
  }

  /** Reads the value. */
  read(): Operation<T> {
    return makeOperation(read, this, undefined, undefined) as Operation<T>;
  }

  /** Replaces the value. */
  write(value: T): Operation<void> {
    return makeOperation(write, this, value, undefined);
  }

  /**
   * The value, without a step: in `invariant`, `finally`, `until`, `step` and messages only. In a `step` it is a read that may race;
   * elsewhere it only looks.
   */
  peek(): T {
    this.execution.peeked(this);
    // Inside a step it is an access like any other; a condition that is waited for only looks.
    const acting = this.execution.acting;
    if (acting !== undefined && acting.pending?.kind.blocking === false) this.checkRead(acting);
    return this.current;
  }

  /** Replaces the value inside a `step`. */
  poke(value: T): void {
    this.checkWrite(this.execution.poked(this));
    this.current = value;
  }

  /** @internal */
  checkRead(thread: SimThread): void {
    const clock = clockOf(thread);
    this.checkOrdered(this.lastWrite, 'write', 'read', thread, clock);
    const access = this.access(thread, clock);
    const at = this.reads.findIndex((read) => read.thread === thread);
    if (at < 0) this.reads.push(access);
    else this.reads[at] = access;
  }

  /** @internal */
  checkWrite(thread: SimThread): void {
    const clock = clockOf(thread);
    this.checkOrdered(this.lastWrite, 'write', 'write', thread, clock);
    for (const read of this.reads) this.checkOrdered(read, 'read', 'write', thread, clock);
    this.lastWrite = this.access(thread, clock);
    this.reads = [];
  }

  private access(thread: SimThread, clock: readonly number[]): Access {
    return { thread, time: clock[thread.index] as number, step: this.execution.steps };
  }

  private checkOrdered(
    earlier: Access | undefined,
    was: string,
    is: string,
    thread: SimThread,
    clock: readonly number[],
  ): void {
    if (earlier === undefined || earlier.thread === thread) return;
    if (earlier.time <= (clock[earlier.thread.index] ?? 0)) return;
    this.execution.fail(
      'data-race',
      this.name,
      `the ${is} of ${this.name} by ${thread.name} is not ordered after the ${was} by ${earlier.thread.name}`,
      [
        `${was} at step ${earlier.step} by ${earlier.thread.name}`,
        `${is} at step ${this.execution.steps} by ${thread.name}`,
      ],
    );
  }
}

const read = new OperationKind<Plain<unknown>, undefined, undefined, unknown>({
  name: 'read',
  mode: Mode.read,
  execute({ object }, thread) {
    checkAlive(object);
    object.checkRead(thread);
    return object.current;
  },
});

const write = new OperationKind<Plain<unknown>, unknown, undefined, void>({
  name: 'write',
  mode: Mode.write,
  execute({ object, argument }, thread) {
    checkAlive(object);
    object.checkWrite(thread);
    object.current = argument;
  },
  show: ({ argument }) => shown(argument),
  showsArgument: true,
});
