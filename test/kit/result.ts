import type { Violation } from './program.js';

export interface Options {
  /** The execution ends at its first violation; otherwise that ends only the thread. Default false. */
  readonly stopAtViolation?: boolean;
  /** Give up beyond so many states (prefix traces) or interleavings. Default 200 000. */
  readonly limit?: number;
  /** Count schedules by preemptions and delays. Costs time. Default false. */
  readonly schedules?: boolean;
}

export interface FoundViolation extends Violation {
  /** The least preemptions of a schedule up to the violation, and the least steps among those. */
  readonly preemptions: number;
  readonly steps: number;
}

/** Everything that there is to know about the executions of a program. */
export interface Result {
  readonly interleavings: number;
  /** Mazurkiewicz traces of maximal executions; invariants add no dependency. */
  readonly traces: number;
  /** Traces that end in a deadlock that is reported. */
  readonly deadlocks: number;
  /** Traces of which some linearisation has a violation, deadlocks included. */
  readonly failing: number;
  /** Distinct by kind and property, sorted. */
  readonly violations: readonly FoundViolation[];
  /** Final values of executions that left no thread blocked, sorted. */
  readonly finals: readonly string[];
  /** How many traces need exactly c preemptions in the best of their linearisations. */
  readonly tracesByPreemptions: readonly number[];
  /** How many interleavings have exactly c preemptions. With option `schedules`. */
  readonly schedulesByPreemptions?: readonly number[];
  /** How many interleavings cost exactly c delays. With option `schedules` and threads that exist from the start. */
  readonly schedulesByDelays?: readonly number[];
  /** The probability that a uniform random walk ends in a failing execution. */
  readonly walkFails: number;
}

/** [1, 2, 3] becomes [1, 3, 6]: "exactly c" becomes "at most c". */
export function cumulative(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

/** Adds to a histogram that grows as needed. */
export function bump(counts: number[], at: number, by = 1): void {
  while (counts.length <= at) counts.push(0);
  counts[at] = (counts[at] as number) + by;
}

/** Collects violations with the cheapest way to each. */
export class ViolationSet {
  private readonly found = new Map<string, FoundViolation>();

  add(violation: Violation, preemptions: number, steps: number): void {
    const { kind, property } = violation;
    const key = `${kind}\n${property}`;
    const old = this.found.get(key);
    const better =
      old === undefined ||
      preemptions < old.preemptions ||
      (preemptions === old.preemptions && steps < old.steps);
    if (better) this.found.set(key, { kind, property, preemptions, steps });
  }

  sorted(): FoundViolation[] {
    return [...this.found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, violation]) => violation);
  }
}
