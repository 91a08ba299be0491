import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import { minimizeOne, withMinimization } from '../minimize-one.js';
import { agreement, type Result } from '../result.js';
import type { Terminal } from '../terminal.js';
import { instructive, mainKind } from './cell.js';

/** A failure that is worth showing. */
export interface CounterExample {
  readonly report: Report;
  readonly violation: Violation;
}

/** What teaches most: what nobody claimed, a failure of the most instructive kind, a short one. */
function rank(result: Result, { kind, steps }: Violation): readonly number[] {
  const surprising = agreement(result) === 'claimed' ? 1 : 0;
  const main = mainKind(result) === kind ? 0 : 1;
  return [surprising, main, instructive.indexOf(kind), steps];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

/** The one failure to show of all, made as simple as the time allows. */
export function counterExample(
  results: readonly Result[],
  terminal: Terminal,
  timeLimitMs: number,
): CounterExample | undefined {
  const all = results.flatMap((result) =>
    result.report.violations.map((violation) => ({
      ...result,
      violation,
      rank: rank(result, violation),
    })),
  );
  const [best] = all.sort((a, b) => compare(a.rank, b.rank));
  if (best === undefined) return undefined;
  const { selected, report, violation } = best;
  const simplest = minimizeOne(selected.scenario, violation, { timeLimitMs }, terminal);
  return { report, violation: withMinimization(simplest) };
}
