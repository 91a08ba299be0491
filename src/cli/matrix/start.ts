import type { Family } from '../../../scenarios/entry.js';
import type { ExitCode } from '../exit.js';
import type { Terminal } from '../terminal.js';
import { matrixExit } from './exit.js';
import { type Effort, exploreFamilies } from './explore.js';
import { showExample, showFamilies } from './show.js';

/** All in all it takes about a minute on two processors. */
const totalMs = 45_000;
const exampleMs = 8_000;
/** As long as there is time, these decide: the same on every machine. */
const executions = 4_000;

/** Prints the tables of all families, explored within a small budget, and a failure step by step. */
export async function startMatrix(
  families: readonly Family[],
  color: boolean,
  terminal: Terminal,
  workers?: number,
): Promise<ExitCode> {
  // Only one failure is shown, and made simpler in time.
  const effort: Effort = { executions, totalMs, simplify: 'none' };
  const threads = workers === undefined ? {} : { workers };
  const found = await exploreFamilies(families, { ...effort, ...threads }, terminal);
  showFamilies(found, { rows: false, conclusions: false, color }, terminal);
  if (!terminal.interrupted()) showExample(found, exampleMs, color, terminal);
  return matrixExit(found, terminal);
}
