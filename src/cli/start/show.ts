import { renderFailure } from '../../report/text.js';
import type { Selected } from '../catalogue/selected.js';
import { type ExitCode, exitCodes } from '../exit.js';
import { combine, exploreOne } from '../explore-one.js';
import { minimizeReport } from '../minimize-one.js';
import { replayLine } from '../output/replay-line.js';
import { agrees, type Result } from '../result.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';
import { counterExample } from './counter-example.js';
import { summaryLines } from './summary.js';
import { verdictTable } from './table.js';

/** The whole main job takes less than a minute, whatever the machine. */
const exploringMs = 45_000;
/** What is spent on making each failure simpler: most take some milliseconds. */
const simplifyingMs = 1_000;
/** No scenario may use more than so many times its share of what is left. */
const largestShare = 4;

/** Explores scenarios, and shows what was found beside what was claimed. */
export function show(selected: readonly Selected[], terminal: Terminal, color: boolean): ExitCode {
  const results = exploreAll(selected, terminal);
  const paint = paintFor(color);
  const width = widthOf(terminal);
  const lines = [...verdictTable(results, paint), '', ...summaryLines(results, width)];
  terminal.out(`${lines.join('\n')}\n`);
  if (terminal.interrupted()) {
    terminal.out(
      `Interrupted: ${selected.length - results.length} of ${selected.length} scenarios not explored.\n`,
    );
    return exitCodes.interrupted;
  }
  const example = counterExample(results);
  if (example !== undefined) {
    const line = replayLine(terminal.self, example.report.scenario, example.violation.token);
    const text = renderFailure({ ...example, replayLine: line }, { width, color });
    terminal.out(`\nOne of the failures, step by step:\n\n${text}\n`);
  }
  return exitCode(results);
}

function exploreAll(selected: readonly Selected[], terminal: Terminal): Result[] {
  const results: Result[] = [];
  const deadline = performance.now() + exploringMs;
  selected.every((each, i) => {
    const left = Math.max(1, deadline - performance.now());
    const timeLimitMs = Math.min(left, (left * largestShare) / (selected.length - i));
    const found = exploreOne(each, combine(each, { timeLimitMs }), terminal);
    const limits = { timeLimitMs: simplifyingMs };
    const report = minimizeReport(each.scenario, found, terminal, limits);
    results.push({ selected: each, report });
    return !terminal.interrupted();
  });
  return results;
}

function exitCode(results: readonly Result[]): ExitCode {
  const agreed = results.map(({ selected, report }) => agrees(selected.claim ?? '', report));
  if (agreed.includes(false)) return exitCodes.violated;
  return agreed.includes(undefined) ? exitCodes.inconclusive : exitCodes.held;
}
