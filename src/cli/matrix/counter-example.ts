import type { Violation } from '../../replay/violation.js';
import { instructive } from '../interest.js';
import { minimizeOne, withMinimization } from '../minimize-one.js';
import type { Terminal } from '../terminal.js';
import { type Cell, mainFailure, standingOf } from './cell.js';

/** A failure that is worth showing. */
export interface CounterExample {
  readonly cell: Cell;
  readonly violation: Violation;
}

/** What teaches most: what nobody claimed, a failure of the most instructive kind, a short one. */
function rank(cell: Cell, violation: Violation): readonly number[] {
  const standing = standingOf(cell);
  const surprising = standing === 'claimed' ? 2 : standing === 'unclaimed' ? 1 : 0;
  const main = mainFailure(cell) === violation ? 0 : 1;
  return [surprising, main, instructive.indexOf(violation.kind), violation.steps];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

/** The one failure to show of all, made as simple as the time allows. */
export function counterExample(
  cells: readonly Cell[],
  terminal: Terminal,
  timeLimitMs: number,
): CounterExample | undefined {
  const all = cells.flatMap((cell) =>
    cell.examples
      .filter(({ kind }) => kind !== 'nondeterminism')
      .map((violation) => ({ cell, violation, rank: rank(cell, violation) })),
  );
  const [best] = all.sort((a, b) => compare(a.rank, b.rank));
  if (best === undefined) return undefined;
  const { scenario } = best.cell.entry;
  const simplest = minimizeOne(scenario, best.violation, { timeLimitMs }, terminal);
  return { cell: best.cell, violation: withMinimization(simplest) };
}
