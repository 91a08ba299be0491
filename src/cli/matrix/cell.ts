import { type Label, labelsOf } from '../../../properties/index.js';
import type { ScenarioEntry } from '../../../scenarios/entry.js';
import type { ViolationKind } from '../../engine/violation.js';
import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import { boundsText } from '../../report/headline.js';
import { byInterest, expectedOf } from '../interest.js';
import { type Agreement, agreement } from '../result.js';

/** A design under a hazard, with what was found. */
export interface Cell {
  readonly entry: ScenarioEntry;
  readonly report: Report;
  /** Of each kind of failure the simplest execution that is known. */
  readonly examples: readonly Violation[];
}

/** Short for a table; its legend says what they stand for. */
export const codes: Readonly<Record<ViolationKind, string>> = {
  'use-after-free': 'UAF',
  'double-free': 'free2',
  refcount: 'refs',
  deadlock: 'dead',
  livelock: 'live',
  assertion: 'fail',
  invariant: 'inv',
  'data-race': 'race',
  leak: 'leak',
  'lock-misuse': 'lock',
  exception: 'throw',
  nondeterminism: 'chance',
};

/** The labels of what was found, in the order of their numbers. */
export function labelsIn({ report }: Cell): Label[] {
  const found = new Set(report.violations.flatMap(labelsOf));
  return [...found].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** Whether what was touched is finalized and its memory still there: no use after free in the words of the debate. */
function isFinalized(violation: Violation, { entry }: Cell): boolean {
  const finalized = violation.kind === 'use-after-free' && labelsOf(violation).includes('I9');
  return finalized && !expectedOf(entry).includes('I1');
}

/** The one failure to show of those that were found: what was expected if it is there, else what teaches most. */
export function mainFailure({ entry, examples }: Cell): Violation | undefined {
  return byInterest(examples, expectedOf(entry))[0];
}

/** A failure in a word: its kind; of a property that stands for an invariant of the debate, the label. */
export function wordOf(violation: Violation): string {
  const { kind } = violation;
  const labels = kind === 'invariant' || kind === 'assertion' ? labelsOf(violation) : [];
  return labels.length > 0 ? labels.join('/') : codes[kind];
}

/** What a cell of the table says, without its mark: a failure, `ok`, `ok/2` within two preemptions, `ok/d2` delays, or `?`. */
export function codeOf(cell: Cell): string {
  const failure = mainFailure(cell);
  if (failure !== undefined) return isFinalized(failure, cell) ? 'I9' : wordOf(failure);
  const { verdict, bounds } = cell.report;
  if (verdict !== 'verified') return '?';
  const preemptions = bounds.preemptions === null ? '' : `/${bounds.preemptions}`;
  const delays = bounds.delays === null ? '' : `/d${bounds.delays}`;
  return `ok${preemptions}${delays}`;
}

/** Why a cell means nothing, whatever it says; undefined when it does mean something. */
export function defectOf({ report }: Cell): string | undefined {
  if (report.violations.some(({ kind }) => kind === 'nondeterminism')) {
    return 'the scenario behaves differently on the same schedule';
  }
  if (report.verdict !== 'verified' || report.unreached.length === 0) return undefined;
  const missed = report.unreached.map((label) => `"${label}"`).join(', ');
  return `nothing fails, but no execution reached ${missed}`;
}

/** How a cell stands to its claim; `defect` when it means nothing, `unclaimed` when the debate leaves it open. */
export type Standing = Agreement | 'unclaimed' | 'defect';

/** Compares a cell with its claim. */
export function standingOf(cell: Cell): Standing {
  if (defectOf(cell) !== undefined) return 'defect';
  return agreement({ selected: cell.entry, report: cell.report }) ?? 'unclaimed';
}

const marks: Readonly<Record<Standing, string>> = {
  claimed: '',
  recorded: '*',
  different: '!',
  defect: '!',
  open: '',
  unclaimed: '~',
};

/** The mark of a cell: `*` for a recorded difference from the claim, `!` for any other, `~` where nothing is claimed. */
export function markOf(cell: Cell): string {
  return marks[standingOf(cell)];
}

/** What was found, in words: `verified within 2 preemptions`, the kinds and labels of failures, or that it is not known. */
export function foundText(cell: Cell): string {
  const { report, examples } = cell;
  if (report.verdict === 'violated') {
    const words = examples.map(
      (each) => `${each.kind}${labelsOf(each).length > 0 ? ` (${labelsOf(each).join(' ')})` : ''}`,
    );
    return [...new Set(words)].sort().join(', ');
  }
  if (report.verdict !== 'verified') return 'nothing within the budget';
  return `verified ${boundsText(report)}`.trimEnd();
}
