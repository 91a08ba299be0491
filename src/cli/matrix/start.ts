import type { Family } from '../../../scenarios/entry.js';
import type { ExitCode } from '../exit.js';
import type { Terminal } from '../terminal.js';
import type { Cell } from './cell.js';
import { matrixExit } from './exit.js';
import { type Effort, exploreFamilies, type Found } from './explore.js';
import { showExample, showFamilies } from './show.js';

/** All in all it takes about a minute on two processors. */
const exploringMs = 55_000;
/** For a first look at all cells: the rest is for those that need longer, and for the first ones, explored before code was compiled. */
const firstLookMs = 40_000;
const exampleMs = 8_000;
/** As long as there is time, these decide: the same on every machine. */
const executions = 4_000;
/** For those cells for which these are not enough, if there is time left. */
const moreExecutions = 40_000;

/** Prints the tables of all families, explored within a small budget, and a failure step by step. */
export async function startMatrix(
  families: readonly Family[],
  color: boolean,
  terminal: Terminal,
  workers?: number,
): Promise<ExitCode> {
  const deadline = performance.now() + exploringMs;
  const found = await explore(families, executions, firstLookMs);
  const open = families.map((family, i) => {
    const undecided = found.families[i]?.cells.filter(isUndecided).map(({ entry }) => entry);
    return { ...family, entries: undecided ?? [] };
  });
  const left = deadline - performance.now();
  const goesOn = left > 0 && open.some(({ entries }) => entries.length > 0);
  const more = goesOn ? await explore(open, moreExecutions, left) : undefined;
  const all = more === undefined ? found : withMore(found, more);
  showFamilies(all, { rows: false, conclusions: false, color }, terminal);
  if (!terminal.interrupted()) showExample(all, exampleMs, color, terminal);
  return matrixExit(all, terminal);

  function explore(some: readonly Family[], most: number, totalMs: number): Promise<Found> {
    // Only one failure is shown, and made simpler in time.
    const effort: Effort = { executions: most, totalMs, simplify: 'none' };
    return exploreFamilies(some, workers === undefined ? effort : { ...effort, workers }, terminal);
  }
}

function isUndecided({ report }: Cell): boolean {
  return report.verdict === 'passed';
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
