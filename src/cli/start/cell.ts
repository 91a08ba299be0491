import { labelsOf } from '../../../properties/index.js';
import type { ViolationKind } from '../../engine/violation.js';
import { agreement, kindsIn, type Result } from '../result.js';

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

/** Kinds of violation, those that teach most first. */
export const instructive: readonly ViolationKind[] = Object.keys(codes) as ViolationKind[];

/** The one kind to show of those that were found: what was expected if it is there, else what teaches most. */
export function mainKind({ selected, report }: Result): ViolationKind | undefined {
  const kinds = kindsIn(report);
  const expected = [selected.claim?.expects, selected.difference?.found]
    .filter((outcome) => outcome !== undefined && outcome !== 'verified')
    .flat();
  const meant = report.violations.find((violation) =>
    [violation.kind, ...labelsOf(violation)].some((what) => expected.some((each) => each === what)),
  );
  return meant?.kind ?? instructive.find((kind) => kinds.includes(kind));
}

/** `/2` where everything within two preemptions was explored, `/d2` for delays. */
function boundText({ report: { bounds } }: Result): string {
  const preemptions = bounds.preemptions === null ? '' : `/${bounds.preemptions}`;
  const delays = bounds.delays === null ? '' : `/d${bounds.delays}`;
  return preemptions + delays;
}

/** What a cell of the table says, without its mark. */
export function codeOf(result: Result): string {
  const kind = mainKind(result);
  if (kind !== undefined) return codes[kind];
  return result.report.verdict === 'verified' ? `ok${boundText(result)}` : '?';
}

/** The mark of a cell: `*` for a difference from the claim that is recorded, `!` for one that is not. */
export function markOf(result: Result): string {
  const marks = { claimed: '', recorded: '*', different: '!', open: '' };
  return marks[agreement(result) ?? 'claimed'];
}
