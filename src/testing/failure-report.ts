import { checkOptions, UsageError } from '../engine/errors.js';
import type { Report } from '../explore/report.js';
import { requireViolation, type Violation } from '../replay/violation.js';
import { renderFailure, renderHeadline } from '../report/text.js';

/** What of a report is printed, and how. @public */
export interface FailureReportOptions {
  /** The only failure to print, if need be in the simpler form that `minimize` found (default: those of the report, the first three in full). */
  readonly violation?: Violation;
  /** Columns of the terminal or mail, at least 60 (default 100). The last line, to be pasted, is never broken. */
  readonly width?: number;
  /** Whether to use the colours of a terminal besides the marks (default false). */
  readonly color?: boolean;
  /** Says what to paste to replay a failure (default: `replay(lostUpdate, '<token>')` for a scenario called `lost-update`). */
  readonly replayLine?: (violation: Violation) => string;
}

const known: readonly string[] = ['violation', 'width', 'color', 'replayLine'];

/** More failures than this are counted. */
const mostFailures = 3;

/**
 * The failures of a report as people read them, and as the vitest matchers and the command line print them: what failed, how it was found,
 * a column for each thread with its steps in time order, and last the line to paste that replays it. For any test runner:
 * `assert.equal(report.verdict, 'verified', failureReport(report))`.
 *
 * @param report - what `explore` returned
 * @returns lines of printable ASCII without a line break at the end; one line that says how far the search looked where nothing failed
 * @throws UsageError when an argument is not what it should be
 * @public
 */
export function failureReport(report: Report, options: FailureReportOptions = {}): string {
  requireReport(report);
  checkFailureOptions(options);
  const print = (violation: Violation): string => failureOf(report, violation, options);
  if (options.violation !== undefined) return print(options.violation);
  const { violations } = report;
  if (violations.length === 0) return renderHeadline(report);
  const left = violations.length - mostFailures;
  const what = left === 1 ? 'kind or place' : 'kinds or places';
  const more = left <= 0 ? [] : [`and ${left} more ${what} of failure`];
  return [...violations.slice(0, mostFailures).map(print), ...more].join('\n\n');
}

function failureOf(report: Report, violation: Violation, options: FailureReportOptions): string {
  const { width, color, replayLine } = options;
  const line = replayLine?.(violation) ?? callOf(report, violation);
  return renderFailure({ report, violation, replayLine: line }, { width, color });
}

function callOf({ scenario }: Report, { token }: Violation): string {
  return `replay(${variableOf(scenario)}, '${token}')`;
}

/** The variable that a scenario of this name most likely has: `lost-update` is in `lostUpdate`. */
function variableOf(name: string): string {
  const camel = name
    .replace(/[^A-Za-z0-9_$]+(.)?/g, (_match, next: string | undefined) =>
      (next ?? '').toUpperCase(),
    )
    .replace(/^[A-Z]/, (first) => first.toLowerCase());
  return /^[A-Za-z_$]/.test(camel) ? camel : 'scenario';
}

function requireReport(value: unknown): asserts value is Report {
  const given = value as Partial<Report> | null | undefined;
  const texts = typeof given?.scenario === 'string' && typeof given.strategy === 'string';
  if (texts && typeof given.bounds === 'object' && Array.isArray(given.violations)) return;
  throw new UsageError('expected a report, which explore returns');
}

function checkFailureOptions(options: FailureReportOptions): void {
  checkOptions('failureReport', options, known);
  const { violation, width = 100, color = false, replayLine } = options;
  if (violation !== undefined) requireViolation(violation);
  if (!(Number.isInteger(width) && width >= 60)) {
    throw new UsageError(`width must be a whole number from 60, not ${String(width)}`);
  }
  if (typeof color !== 'boolean') {
    throw new UsageError(`color must be true or false, not ${String(color)}`);
  }
  if (replayLine !== undefined && typeof replayLine !== 'function') {
    throw new UsageError(`replayLine must be a function, not ${String(replayLine)}`);
  }
}
