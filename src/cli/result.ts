import { labelsOf } from '../../properties/index.js';
import type { Outcome } from '../../scenarios/entry.js';
import type { ViolationKind } from '../engine/violation.js';
import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { inconclusive } from '../report/summary.js';
import type { Claimed } from './catalogue/selected.js';
import { type ExitCode, exitCodes } from './exit.js';
import { byInterest, expectedOf } from './interest.js';

/** What was found in a scenario, with what was known beforehand. */
export interface Judged {
  readonly selected: Claimed;
  readonly report: Report;
}

/** The exit code for a verdict. */
export function exitCodeOf(report: Report): ExitCode {
  if (report.verdict === 'violated') return exitCodes.violated;
  return inconclusive(report) ? exitCodes.inconclusive : exitCodes.held;
}

/**
 * How what was found compares with the claim: it is what is `claimed`; it differs as `recorded`; it is `different` from both; or it is
 * `open`, because the search did not get far enough to tell. Undefined without a claim.
 */
export type Agreement = 'claimed' | 'recorded' | 'different' | 'open';

/** The violations of a result as a reader wants them: what was expected first. */
export function mostWantedFirst({ selected, report }: Judged): Violation[] {
  return byInterest(report.violations, expectedOf(selected));
}

/** Compares what was found with the claim and with the difference that is recorded. */
export function agreement({ selected, report }: Judged): Agreement | undefined {
  const { claim, difference } = selected;
  if (claim === undefined) return undefined;
  const asClaimed = isFound(claim.expects, report);
  if (asClaimed === true) return 'claimed';
  const asRecorded = difference === undefined ? false : isFound(difference.found, report);
  if (asRecorded === true) return 'recorded';
  return asClaimed === false && asRecorded === false ? 'different' : 'open';
}

/** Whether this was found; undefined when the search did not get far enough to tell. */
function isFound(expected: Outcome, report: Report): boolean | undefined {
  if (expected === 'verified') {
    if (report.verdict === 'violated') return false;
    return report.verdict === 'verified' ? true : undefined;
  }
  const found = new Set<string>(
    report.violations.flatMap((each) => [each.kind, ...labelsOf(each)]),
  );
  if (expected.every((what) => found.has(what))) return true;
  const { complete, bounds } = report;
  const everything = complete && bounds.preemptions === null && bounds.delays === null;
  return everything ? false : undefined;
}

/** An outcome in words: `verified`, or what is expected to be found. */
export function outcomeText(outcome: Outcome): string {
  return outcome === 'verified' ? outcome : outcome.join(', ');
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
