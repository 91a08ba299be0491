import type { Execution } from './execution.js';
import type { Memory } from './memory.js';
import type { VectorClock } from './sync.js';

/**
 * Something that threads share: a variable, a lock, a block of memory. Everything that an operation can touch is one of these.
 *
 * @public
 */
export abstract class SimObject {
  /** What kind of thing it is, in one word, for reports: `mutex`, `atomic`, `block`. */
  abstract readonly type: string;
  /** The same in every equivalent execution. @internal */
  readonly id: number;
  /** What other threads released into this object, once race detection is on. @internal */
  released: VectorClock | undefined = undefined;

  constructor(
    /** @internal */
    readonly execution: Execution,
    readonly name: string,
    /** The block that this is a part of, with which it lives and dies. @internal */
    readonly memory: Memory | undefined,
  ) {
    this.id = execution.identify();
  }

  /** Notes a change of this object's counter, from which a search works out where blocked operations could go on. @internal */
  counted(change: number): void {
    const { footprint } = this.execution;
    if (footprint !== undefined) footprint.count(this.id, change);
  }
}
