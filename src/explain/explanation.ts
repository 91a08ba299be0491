import type { Shown } from '../engine/operation.js';

/** A step as it is known in every trace: the same thread doing the same for the same time. @public */
export interface StepName {
  /** The name of the thread; of several threads of one name, all but the first have a number (`A#2`). */
  readonly thread: string;
  readonly operation: string;
  /** Empty for operations on none. */
  readonly object: string;
  /** The author's label of a `choose`, `until` or `step`; empty otherwise. */
  readonly label: string;
  /** Which of the thread's steps of this description it is, from 1. */
  readonly occurrence: number;
}

/**
 * Something about the order of an execution. It is said of a trace only if it is so in every order of that trace.
 *
 * - `before`: `step` happens, and `other` happens later or not at all.
 * - `happens`, `never`: `step` happens, or does not.
 * - `gives`: `step` happens and goes the way that has this value: that of a `choose`; else the number, from 1, of the waiter that a
 *   `signal` wakes or of the timer that fires among those that could.
 *
 * @public
 */
export interface Fact {
  readonly relation: 'before' | 'happens' | 'never' | 'gives';
  readonly step: StepName;
  /** The later step of `before`; null otherwise. */
  readonly other: StepName | null;
  /** The value of `gives`; null otherwise. */
  readonly value: Shown;
  /** `load x by A comes before store x by B`. */
  readonly text: string;
}

/** How often executions fail. @public */
export interface Rarity {
  /**
   * The probability that one execution of strategy `random` has the failure, where executions go on after other failures. At each step
   * every thread that can run is equally likely, and so is every way of it.
   */
  readonly probability: number;
  /** Whether it was computed and not estimated from a sample. */
  readonly exact: boolean;
  /** The 95 % confidence interval by Wilson; both ends are the probability if that is exact. */
  readonly interval: readonly [low: number, high: number];
  /** Executions that it took: of a sample, its size. */
  readonly executions: number;
}

/** What sets failing executions apart from all others, and how rare they are. @public */
export interface Explanation {
  /** The orderings that lead to the failure, in one sentence. */
  readonly sentence: string;
  /**
   * An execution fails exactly when all facts of one of these hold, which is true of every trace that was explored. Empty when nothing so
   * short was found; one cause without a fact when every execution fails.
   */
  readonly causes: readonly (readonly Fact[])[];
  /** Whether every trace was explored; without that no cause is given. */
  readonly exhausted: boolean;
  /** Mazurkiewicz traces that were explored, and how many of them have the failure. */
  readonly traces: number;
  readonly failing: number;
  readonly rarity: Rarity;
}
