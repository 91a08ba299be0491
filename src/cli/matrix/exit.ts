import { type ExitCode, exitCodes } from '../exit.js';
import type { Terminal } from '../terminal.js';
import { standingOf } from './cell.js';
import type { Found } from './explore.js';

/** The exit code for what was found beside what was claimed. */
export function matrixExit({ families }: Found, terminal: Terminal): ExitCode {
  if (terminal.interrupted()) return exitCodes.interrupted;
  const found = families.flatMap(({ cells }) => cells.map(standingOf));
  if (found.includes('different') || found.includes('defect')) return exitCodes.violated;
  return found.includes('open') ? exitCodes.inconclusive : exitCodes.held;
}
