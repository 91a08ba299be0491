import type { Watch } from '../engine/inspection.js';
import type { Scheduler } from '../engine/scheduler.js';
import type { SavedStrategy } from './saved.js';

/** A way to go through the executions of a scenario. @internal */
export interface Strategy extends Scheduler {
  /** Whether running out of executions means that the (bounded) space was explored. */
  readonly exhaustive: boolean;
  /**
   * Prepares the execution of this number, from 0.
   *
   * @returns false when there are no more
   */
  begin(index: number): boolean;
  /**
   * Whether the search had to begin afresh since this was last asked, so that the next execution is the first of the new search and
   * the earlier ones do not count.
   */
  beganAfresh?(): boolean;
  /** Whether the execution that just ended is equivalent to an earlier one. */
  isRepetition?(): boolean;
  /** Estimates the share of the search that is done, asked between `begin` and the execution; absent where there is no whole. */
  estimate?(): number;
  /** What it takes to go on elsewhere, asked between `begin` and the execution; absent where there is no such thing. */
  save?(): SavedStrategy;
  /** Goes on where `save` was asked: the next execution is the one that was begun there. For a new strategy. */
  restore?(saved: SavedStrategy): void;
  /** What the search's executions are told about (see `Execution`). */
  readonly watch?: Watch;
}

/** A repeated prefix did not offer what it offered before. @internal */
export class PrefixDiffers extends Error {}
