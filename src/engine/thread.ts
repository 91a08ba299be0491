import type { Operation } from './operation.js';
import type { VectorClock } from './sync.js';

/**
 * A generator that yields operations and returns a value: the type of every function that runs inside a thread.
 *
 * @public
 */
export type Routine<T = void> = Generator<Operation, T, unknown>;

/** The body of a thread, a timer or a callback: a generator function that passes operations on by `yield*`. @public */
export type ThreadBody = () => Generator<Operation, unknown, unknown>;

/** How a thread is made. @public */
export interface ThreadOptions {
  /** A daemon may be left blocked at the end of an execution (default false). */
  readonly daemon?: boolean;
  /**
   * A daemon that works for others, and waits for work in `serve`: left blocked anywhere else at the end of an execution it is part of
   * a deadlock (default false).
   */
  readonly service?: boolean;
}

/** A simulated thread. @internal */
export class SimThread {
  /** The operation that it will do next; undefined once it ended. */
  pending: Operation | undefined = undefined;
  /** Ended by a violation; its locks stay held. */
  violated = false;
  /** How many objects and threads it made, for identities. */
  objectsMade = 0;
  threadsMade = 0;
  clock: VectorClock | undefined = undefined;

  constructor(
    /** The same in every equivalent execution; dense. */
    readonly id: number,
    /** Place in the order of creation of this execution. */
    readonly index: number,
    readonly name: string,
    readonly daemon: boolean,
    /** A daemon that must not be left with work that it cannot do. */
    readonly service: boolean,
    readonly generator: Iterator<Operation, unknown, unknown>,
  ) {}

  get ended(): boolean {
    return this.pending === undefined;
  }
}
