import type { Session } from '../engine/session.js';
import type { Violation } from '../replay/violation.js';
import { roughly } from '../report/numbers.js';
import { stoppedWarning } from '../report/stopped.js';
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

/**
 * How far an exhaustive search got, estimated from the choices on the way to where its budget ended. The estimate can be far off, most of
 * all early in a search, and says nothing about what was not explored.
 *
 * @public
 */
export interface Coverage {
  /** The share of the search that is done, from 0 to below 1. */
  readonly fraction: number;
  /** How many executions the whole search would have; null when nothing can be said. */
  readonly executions: number | null;
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
  /** Of an exhaustive search whose budget ended first, and only there. */
  readonly coverage?: Coverage;
}

/** The labels that no execution of a session reached. @internal */
export function unreachedIn({ reachable }: Session): string[] {
  return [...reachable].filter(([, hit]) => !hit).map(([label]) => label);
}

/** The warnings of a search that found and did so much. @internal */
export function warningsFor({
  steps,
  failing,
  unreached,
}: Pick<Report, 'steps' | 'failing' | 'unreached'>): string[] {
  // A scenario whose threads were forgotten, or do nothing, holds whatever it asserts of them.
  const idle = steps === 0 && failing === 0 ? ['no thread took a step: nothing was explored'] : [];
  return [...idle, ...unreached.map((label) => `no execution reached "${label}"`)];
}

const largestFraction = 0.999;

function coverageOf(executions: number, fraction: number): Coverage {
  const done = Math.min(largestFraction, Number(fraction.toPrecision(3)));
  const all = Number((executions / fraction).toPrecision(3));
  return {
    fraction: done,
    executions: Number.isFinite(all) ? Math.max(all, executions + 1) : null,
  };
}

function coverageWarning({ fraction, executions }: Coverage, stopped: boolean): string {
  const percent = fraction * 100;
  const done = percent < 0.1 ? 'less than 0.1' : `about ${Number(percent.toPrecision(3))}`;
  const all = executions === null ? '' : `, of about ${roughly(executions)} executions`;
  const said = stopped
    ? `${stoppedWarning} with ${done} % of it done`
    : `the budget ended with ${done} % of the search done`;
  return `${said}${all}: an estimate that can be far off`;
}

/**
 * The report of a search that ended early: that the user ended it, and where it was to go through everything an estimate of how far it got.
 *
 * @param estimate - the share that is done, of a search that was to go through everything
 * @param stopped - whether the user ended it, and not its budget
 * @internal
 */
export function cutShort(report: Report, estimate: number | undefined, stopped: boolean): Report {
  const add = (warning: string): string[] => [...report.warnings, warning];
  if (estimate === undefined) {
    return stopped
      ? { ...report, warnings: add(`${stoppedWarning} before its budget ended`) }
      : report;
  }
  const coverage = coverageOf(report.executions, estimate);
  return { ...report, warnings: add(coverageWarning(coverage, stopped)), coverage };
}
