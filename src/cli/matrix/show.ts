import { renderFailure } from '../../report/text.js';
import { fill } from '../args/help.js';
import { replayLine } from '../output/replay-line.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';
import { counterExample } from './counter-example.js';
import type { Found } from './explore.js';
import { type Explored, layoutOf } from './layout.js';
import { codeLines, lineLines, noteLines } from './legend.js';
import { conclusionLines, familyLines, totalLines } from './summary.js';
import { tableLines } from './table.js';

/** What the text says besides the tables. */
export interface Detail {
  /** What each row is. */
  readonly rows: boolean;
  /** A sentence about each row. */
  readonly conclusions: boolean;
  readonly color: boolean;
}

/** Prints a table for each family and what all come to. */
export function showFamilies(
  { families, missing }: Found,
  detail: Detail,
  terminal: Terminal,
): void {
  const width = widthOf(terminal);
  const cells = families.flatMap((each) => each.cells);
  for (const explored of families) {
    if (explored.cells.length === 0) continue;
    terminal.out(`${familyText(explored, detail, width).join('\n')}\n\n`);
  }
  terminal.out(`${totalLines(cells, width).join('\n')}\n`);
  if (missing > 0) {
    const all = cells.length + missing;
    terminal.out(`Interrupted: ${missing} of ${all} scenarios not explored.\n`);
  }
}

function familyText(explored: Explored, detail: Detail, width: number): string[] {
  const { family, cells } = explored;
  const layout = layoutOf(explored);
  const paint = paintFor(detail.color);
  const byHazard = family.rows === 'hazards';
  const sections = [
    fill(`${family.name}: ${family.question}`, width).map((line) => paint('strong', line)),
    tableLines(layout, width, paint),
    byHazard ? [] : lineLines(layout, width, 'columns'),
    detail.rows || byHazard ? lineLines(layout, width, 'rows') : [],
    [...codeLines(cells, layout, width), ...noteLines(cells, layout, width)],
    [
      ...(detail.conclusions ? conclusionLines(layout, width) : []),
      ...familyLines(explored, width),
    ],
  ];
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, i) => (i === 0 ? section : ['', ...section]));
}

/** Prints the most instructive failure, as simple as the time allows. */
export function showExample(
  { families }: Found,
  timeLimitMs: number,
  color: boolean,
  terminal: Terminal,
): void {
  const cells = families.flatMap((each) => each.cells);
  const example = counterExample(cells, terminal, timeLimitMs);
  if (example === undefined) return;
  const { cell, violation } = example;
  const { report } = cell;
  const line = replayLine(terminal.self, report.scenario, violation.token);
  const text = renderFailure(
    { report, violation, replayLine: line },
    { width: widthOf(terminal), color },
  );
  const heading = paintFor(color)('strong', 'One of the failures, step by step:');
  terminal.out(`\n${heading}\n\n${text}\n`);
}
