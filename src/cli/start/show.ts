import { renderFailure } from '../../report/text.js';
import { fill } from '../args/help.js';
import type { Selected } from '../catalogue/selected.js';
import { type ExitCode, exitCodes } from '../exit.js';
import { combine, exploreOne } from '../explore-one.js';
import { replayLine } from '../output/replay-line.js';
import { agreement, type Result } from '../result.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';
import { counterExample } from './counter-example.js';
import { codeLines, hazardLines, noteLines } from './legend.js';
import { matrix } from './matrix.js';
import { summaryLines } from './summary.js';

/** The whole main job takes less than a minute, whatever the machine. */
const exploringMs = 45_000;
const simplifyingMs = 8_000;
/** No scenario may use more than so many times its share of what is left. */
const largestShare = 4;

/** Explores scenarios, and shows what was found beside what was claimed. */
export function show(
  title: string,
  selected: readonly Selected[],
  terminal: Terminal,
  color: boolean,
): ExitCode {
  const results = exploreAll(selected, terminal);
  const paint = paintFor(color);
  const width = widthOf(terminal);
  const sections = [
    [...fill(title, width).map((line) => paint('strong', line)), ''],
    [...matrix(results, width, paint), ''],
    [...hazardLines(results, width), ''],
    codeLines(results, width),
    noteLines(results, width),
    ['', ...summaryLines(results, width)],
  ];
  terminal.out(`${sections.flat().join('\n')}\n`);
  if (terminal.interrupted()) {
    terminal.out(
      `Interrupted: ${selected.length - results.length} of ${selected.length} scenarios not explored.\n`,
    );
    return exitCodes.interrupted;
  }
  const example = counterExample(results, terminal, simplifyingMs);
  if (example !== undefined) {
    const line = replayLine(terminal.self, example.report.scenario, example.violation.token);
    const text = renderFailure({ ...example, replayLine: line }, { width, color });
    const heading = paint('strong', 'One of the failures, step by step:');
    terminal.out(`\n${heading}\n\n${text}\n`);
  }
  return exitCode(results);
}

function exploreAll(selected: readonly Selected[], terminal: Terminal): Result[] {
  const results: Result[] = [];
  const deadline = performance.now() + exploringMs;
  selected.every((each, i) => {
    const left = Math.max(1, deadline - performance.now());
    const timeLimitMs = Math.min(left, (left * largestShare) / (selected.length - i));
    const report = exploreOne(each, combine(each, { timeLimitMs }), terminal);
    results.push({ selected: each, report });
    return !terminal.interrupted();
  });
  return results;
}

function exitCode(results: readonly Result[]): ExitCode {
  const found = results.map(agreement);
  if (found.includes('different')) return exitCodes.violated;
  return found.includes('open') ? exitCodes.inconclusive : exitCodes.held;
}
