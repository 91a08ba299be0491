import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import type { Result } from '../result.js';
import { splitName } from './table.js';

/** Kinds of violation, those that teach most first. */
const instructive = ['use-after-free', 'double-free', 'deadlock', 'data-race', 'assertion'];

function rank(group: number, { kind, preemptions, steps }: Violation): readonly number[] {
  const place = instructive.indexOf(kind);
  return [place < 0 ? instructive.length : place, group, preemptions, steps];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

function groupOf({ report }: Result): string {
  return splitName(report.scenario)[0];
}

/** A failure that is worth showing. */
export interface CounterExample {
  readonly report: Report;
  readonly violation: Violation;
}

/** The one failure to show of all: of the most instructive kind, in the first group that has it, the simplest. */
export function counterExample(results: readonly Result[]): CounterExample | undefined {
  const groups = [...new Set(results.map(groupOf))];
  const all = results.flatMap((result) =>
    result.report.violations.map((violation) => ({
      ...result,
      violation,
      rank: rank(groups.indexOf(groupOf(result)), violation),
    })),
  );
  return all.sort((a, b) => compare(a.rank, b.rank))[0];
}
