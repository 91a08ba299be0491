import type { Family } from '../../../scenarios/entry.js';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Terminal } from '../terminal.js';
import { type Cell, standingOf } from './cell.js';
import { matrixExit } from './exit.js';
import { type Effort, exploreFamilies, type Found } from './explore.js';
import type { Explored } from './layout.js';
import { showExample, showFamilies } from './show.js';

/** With what it takes to install and to compile, less than a minute on two processors. */
const exploringMs = 38_000;
const exampleMs = 4_000;
/** As long as there is time, executions decide: the same on every machine. No cell takes the time of all others. */
const firstLook: Effort = { executions: 4_000, stopAfter: 20, timeLimitMs: 3_000 };
/** For those cells for which these are not enough, if there is time left. */
const closerLook: Effort = { executions: 40_000 };

/** Prints the tables of all families, explored within a small budget, and a failure step by step. */
export async function startMatrix(
  families: readonly Family[],
  color: boolean,
  terminal: Terminal,
  workers?: number,
): Promise<ExitCode> {
  const deadline = performance.now() + exploringMs;
  // Where time is short, whole tables are better than the beginnings of all.
  const bySize = [...families].sort((a, b) => a.entries.length - b.entries.length);
  const found = inOrder(families, await explore(bySize, firstLook));
  const open = found.families.map(({ family, cells }) => ({
    ...family,
    entries: cells.filter(isUndecided).map(({ entry }) => entry),
  }));
  const goesOn = performance.now() < deadline && open.some(({ entries }) => entries.length > 0);
  const more = goesOn ? await explore(open, closerLook) : undefined;
  const all = more === undefined ? found : withMore(found, more);
  showFamilies(all, { rows: false, conclusions: false, color }, terminal);
  const cells = all.families.flatMap((explored) => explored.cells);
  terminal.out(`${furtherLines(cells, families, terminal).join('\n')}\n`);
  if (!terminal.interrupted()) showExample(all, exampleMs, color, terminal);
  const code = matrixExit(all, terminal);
  // It was asked for no more than what a minute shows.
  return code === exitCodes.inconclusive ? exitCodes.held : code;

  function explore(some: readonly Family[], look: Effort): Promise<Found> {
    const totalMs = deadline - performance.now();
    // Only one failure is shown, and made simpler in time.
    const effort: Effort = { ...look, totalMs, simplify: 'none', brief: true };
    return exploreFamilies(some, workers === undefined ? effort : { ...effort, workers }, terminal);
  }
}

/** Which commands show more. */
function furtherLines(
  cells: readonly Cell[],
  families: readonly Family[],
  { self }: Terminal,
): string[] {
  const name = families[0]?.name ?? 'NAME';
  return [
    `What each design is, and what it survives: ${self} matrix --family ${name}`,
    ...(cells.some(isUndecided) ? [`To the end: ${self} matrix --exhaustive`] : []),
  ];
}

/** Whether more executions could tell what nobody knows yet: whether something fails, or whether that is what was claimed. */
function isUndecided(cell: Cell): boolean {
  return cell.report.verdict === 'passed' || standingOf(cell) === 'open';
}

/** The same with the families in this order. */
function inOrder(families: readonly Family[], found: Found): Found {
  const place = new Map(families.map((family, i) => [family, i]));
  const placeOf = ({ family }: Explored): number => place.get(family) ?? 0;
  return { ...found, families: [...found.families].sort((a, b) => placeOf(a) - placeOf(b)) };
}

/** What was found, with cells that were explored again in place of what they were. */
function withMore(found: Found, more: Found): Found {
  const cells = more.families.flatMap((explored) => explored.cells);
  const again = new Map(cells.map((cell) => [cell.entry, cell]));
  const families = found.families.map((explored) => ({
    ...explored,
    cells: explored.cells.map((cell) => again.get(cell.entry) ?? cell),
  }));
  return { families, missing: found.missing };
}
