import type { Violation } from '../replay/violation.js';
import type { StrategyName } from './options.js';

/** What a search found, in one word. @public */
export type Verdict = 'verified' | 'passed' | 'violated';

/** The limits within which a search looked; null means none. @public */
export interface Bounds {
  readonly preemptions: number | null;
  readonly delays: number | null;
  /** Of strategy `pct`, and only there. */
  readonly depth?: number;
}

/** The result of a search, as plain JSON data. @public */
export interface Report {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly strategy: StrategyName;
  /** Gives the same executions again, byte for byte. */
  readonly seed: string | number;
  readonly bounds: Bounds;
  /**
   * `verified`: everything within the bounds was explored and nothing failed. `passed`: the budget ended first. `violated`: at least one
   * execution failed.
   */
  readonly verdict: Verdict;
  /** Whether the whole space, or with bounds the whole bounded space, was explored. */
  readonly complete: boolean;
  /** Maximal executions, failing and deadlocked ones included. */
  readonly executions: number;
  /** Executions with at least one violation, deadlocks included. */
  readonly failing: number;
  /** Executions that ended in a deadlock. */
  readonly deadlocks: number;
  /** Executions begun and cut because an equivalent one was explored. */
  readonly redundant: number;
  /** Steps taken in all these executions. */
  readonly steps: number;
  /** Wall-clock milliseconds. */
  readonly elapsedMs: number;
  /** Distinct by kind, property and place. */
  readonly violations: readonly Violation[];
  /** Labels of `reachable` that no execution reached. */
  readonly unreached: readonly string[];
  /** What a reader should know before relying on the verdict. */
  readonly warnings: readonly string[];
}

/** The warnings of a report. @internal */
export function warningsFor(unreached: readonly string[]): string[] {
  return unreached.map((label) => `no execution reached "${label}"`);
}
