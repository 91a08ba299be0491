import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import { exploreOne } from '../explore-one.js';
import type { Result } from '../result.js';
import type { Terminal } from '../terminal.js';

/** Kinds of violation, those that teach most first. */
const instructive = ['use-after-free', 'double-free', 'deadlock', 'data-race', 'assertion'];

function rank({ kind, preemptions, steps }: Violation): readonly number[] {
  const place = instructive.indexOf(kind);
  return [place < 0 ? instructive.length : place, preemptions, steps];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

/** A failure that is worth showing. */
export interface CounterExample {
  readonly report: Report;
  readonly violation: Violation;
}

/** The one failure to show of all: of the most instructive kind the shortest, made simpler if that takes no longer than allowed. */
export function counterExample(
  results: readonly Result[],
  terminal: Terminal,
  timeLimitMs: number,
): CounterExample | undefined {
  const all = results.flatMap(({ selected, report }) =>
    report.violations.map((violation) => ({ selected, report, violation })),
  );
  const [best] = all.sort((a, b) => compare(rank(a.violation), rank(b.violation)));
  if (best === undefined) return undefined;
  const { selected, violation } = best;
  for (let preemptions = 0; preemptions < violation.preemptions; preemptions++) {
    const simpler = exploreOne(
      selected,
      { strategy: 'dfs', preemptions, timeLimitMs: timeLimitMs / violation.preemptions },
      terminal,
    );
    const same = simpler.violations.find(
      ({ kind, property }) => kind === violation.kind && property === violation.property,
    );
    if (same !== undefined) return { report: simpler, violation: same };
  }
  return best;
}
