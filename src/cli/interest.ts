import { labelsOf } from '../../properties/index.js';
import type { Outcome } from '../../scenarios/entry.js';
import type { ViolationKind } from '../engine/violation.js';
import type { Violation } from '../replay/violation.js';

/** Kinds of violation, those that teach most first. */
export const instructive: readonly ViolationKind[] = [
  'use-after-free',
  'double-free',
  'refcount',
  'deadlock',
  'livelock',
  'assertion',
  'invariant',
  'data-race',
  'leak',
  'lock-misuse',
  'exception',
  'nondeterminism',
];

/** What is expected to be found and what is known to be found instead. */
export interface Expected {
  readonly claim?: { readonly expects: Outcome } | undefined;
  readonly difference?: { readonly found: Outcome } | undefined;
}

/** What is expected to go wrong, or known to. */
export function expectedOf({ claim, difference }: Expected): readonly string[] {
  return [claim?.expects, difference?.found].flatMap((outcome) =>
    outcome === undefined || outcome === 'verified' ? [] : outcome,
  );
}

/** Violations as a reader wants them: first what was expected, in that order; then what teaches most. */
export function byInterest(
  violations: readonly Violation[],
  expected: readonly string[],
): Violation[] {
  const rank = (violation: Violation): number => {
    const words: readonly string[] = [violation.kind, ...labelsOf(violation)];
    const place = expected.findIndex((each) => words.includes(each));
    return place >= 0 ? place : expected.length + instructive.indexOf(violation.kind);
  };
  return [...violations].sort((a, b) => rank(a) - rank(b));
}
