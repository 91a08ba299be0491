import type { Program } from '../program.js';

/** A program with numbers that were published, or that follow from the argument in `because`. */
export interface Known {
  readonly program: Program;
  readonly because: string;
  readonly traces: number;
  readonly deadlocks?: number;
  readonly failing?: number;
  readonly interleavings?: number;
  /** Traces with a linearisation of at most c preemptions, c = 0, 1, 2, … */
  readonly tracesWithin?: readonly number[];
  /** Schedules with at most c preemptions, and with at most c delays. */
  readonly schedulesWithin?: readonly number[];
  readonly delaysWithin?: readonly number[];
  readonly walkFails?: number;
}

export function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

export function binomial(n: number, k: number): number {
  return factorial(n) / factorial(k) / factorial(n - k);
}

/** [1, 2, 3] becomes [1, 3, 6]. */
export function running(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}
