import type { ViolationKind } from '../engine/violation.js';
import type { Report } from '../explore/report.js';
import { inconclusive } from '../report/summary.js';
import type { Selected } from './catalogue/selected.js';
import { type ExitCode, exitCodes } from './exit.js';

/** A scenario that was explored. */
export interface Result {
  readonly selected: Selected;
  readonly report: Report;
}

/** The exit code for a verdict. */
export function exitCodeOf(report: Report): ExitCode {
  if (report.verdict === 'violated') return exitCodes.violated;
  return inconclusive(report) ? exitCodes.inconclusive : exitCodes.held;
}

/** Whether a claim agrees with what was found; undefined when the search did not get far enough to tell. */
export function agrees(claim: string, report: Report): boolean | undefined {
  if (report.violations.some(({ kind }) => kind === claim)) return true;
  if (report.verdict === 'violated') return false;
  if (claim === 'verified') return report.verdict === 'verified' ? true : undefined;
  return report.verdict === 'verified' ? false : undefined;
}

/** The kinds of violation that were found, by name. */
export function kindsIn(report: Report): ViolationKind[] {
  return [...new Set(report.violations.map(({ kind }) => kind))].sort();
}

/** What was found, in the words of a claim: `verified`, the kinds of violation, or that it is not known. */
export function foundIn(report: Report): string {
  if (report.verdict === 'violated') return kindsIn(report).join(', ');
  return inconclusive(report) ? 'inconclusive' : report.verdict;
}
