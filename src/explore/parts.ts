import type { Violation } from '../replay/violation.js';
import { wasStopped } from '../report/stopped.js';
import { cutShort, type Report, warningsFor } from './report.js';

/** The counts of a search after one of its failing executions. */
export interface FailureCount {
  readonly executions: number;
  readonly deadlocks: number;
  readonly steps: number;
  /** How many of the violations were found by then. */
  readonly violations: number;
  readonly unreached: readonly string[];
}

/** The result of a randomised search over a range of executions. */
export interface Part {
  readonly report: Report;
  /** After each failing execution; needed only when failures are limited to a finite number above 1. */
  readonly failures: readonly FailureCount[];
}

/** What tells violations apart, as found and not minimised: kind, property and place. */
export function identityOf({ kind, property, thread, events }: Violation): string {
  const step = thread === '' ? undefined : events[events.length - 1];
  return JSON.stringify([kind, property, thread, step?.operation ?? '', step?.object ?? '']);
}

/**
 * Combines searches over consecutive ranges of executions, in order and with the same options, to the result of one search over all of
 * them: executions after the last one allowed to fail do not count.
 */
export class Merger {
  /** Whether one search would have ended by now, whatever else there is. */
  ended = false;
  private readonly stopAfter: number;
  private first: Report | undefined = undefined;
  private readonly violations = new Map<string, Violation>();
  private unreached: readonly string[] = [];
  private executions = 0;
  private failing = 0;
  private deadlocks = 0;
  private steps = 0;
  private elapsedMs = 0;
  /** The user ended one of the searches. */
  private stopped = false;
  /** After each failing execution, as of one search. */
  readonly failures: FailureCount[] = [];

  constructor(stopAfter: number) {
    this.stopAfter = stopAfter;
  }

  /** Executions that count so far. */
  get counted(): { readonly executions: number; readonly failing: number } {
    return { executions: this.executions, failing: this.failing };
  }

  /** @returns whether one search would go on after it */
  add(part: Part): boolean {
    if (this.ended) return false;
    const { report } = part;
    const { executions, deadlocks, steps, violations, unreached, failing } = this.cut(part);
    this.addFailures(part.failures.slice(0, failing), report.violations);
    this.unreached = this.stillUnreached(unreached);
    this.first ??= report;
    this.stopped ||= wasStopped(report);
    this.executions += executions;
    this.failing += failing;
    this.deadlocks += deadlocks;
    this.steps += steps;
    this.elapsedMs += report.elapsedMs;
    this.addViolations(report.violations.slice(0, violations));
    // A scenario that is not deterministic ends the search: nothing more can be learnt.
    const undetermined = report.violations
      .slice(0, violations)
      .some(({ kind }) => kind === 'nondeterminism');
    this.ended = undetermined || this.failing >= this.stopAfter;
    return !this.ended;
  }

  /** The combined report; there must be a part. */
  report(): Report {
    const { first, executions, failing, deadlocks, steps, elapsedMs, unreached } = this;
    if (first === undefined) throw new Error('nothing to combine');
    const whole: Report = {
      ...first,
      verdict: failing > 0 ? 'violated' : 'passed',
      complete: false,
      executions,
      failing,
      deadlocks,
      redundant: 0,
      steps,
      elapsedMs,
      violations: [...this.violations.values()],
      unreached,
      warnings: warningsFor({ steps, failing, unreached }),
    };
    return cutShort(whole, undefined, this.stopped && !this.ended);
  }

  private addFailures(failures: readonly FailureCount[], violations: readonly Violation[]): void {
    for (const failure of failures) {
      this.addViolations(violations.slice(0, failure.violations));
      this.failures.push({
        executions: this.executions + failure.executions,
        deadlocks: this.deadlocks + failure.deadlocks,
        steps: this.steps + failure.steps,
        violations: this.violations.size,
        unreached: this.stillUnreached(failure.unreached),
      });
    }
  }

  private addViolations(violations: readonly Violation[]): void {
    for (const violation of violations) {
      const identity = identityOf(violation);
      if (!this.violations.has(identity)) this.violations.set(identity, violation);
    }
  }

  private stillUnreached(unreached: readonly string[]): readonly string[] {
    if (this.first === undefined) return unreached;
    return this.unreached.filter((label) => unreached.includes(label));
  }

  /** As much of a part as counts after those before it. */
  private cut({ report, failures }: Part): FailureCount & { readonly failing: number } {
    const left = this.stopAfter - this.failing;
    const end = report.failing >= left ? failures[left - 1] : undefined;
    if (end !== undefined) return { ...end, failing: left };
    return { ...report, violations: report.violations.length };
  }
}
