import { escapeMarkdown } from '../../report/markdown.js';
import { fill } from '../args/help.js';
import { replayLine } from '../output/replay-line.js';
import { outcomeText } from '../result.js';
import { type Cell, codeOf, defectOf, foundText, markOf, standingOf } from './cell.js';
import { conclusionOf } from './conclusion.js';
import type { Found } from './explore.js';
import { type Explored, type Layout, type Line, layoutOf } from './layout.js';
import { codeLines } from './legend.js';
import { familyLines, totalLines } from './summary.js';

/** Also for those who read it as it is. */
const width = 100;

/** The tables as Markdown, for a mail or a wiki: with who argued what where, and a failure to replay for each row. */
export function matrixMarkdown({ families, missing }: Found, self: string): string {
  const cells = families.flatMap((each) => each.cells);
  const interrupted = missing > 0 ? ['', `Interrupted: ${missing} scenarios not explored.`] : [];
  const sections = families
    .filter((each) => each.cells.length > 0)
    .flatMap((each) => [...familySection(each, self), '']);
  const lines = [...sections, ...totalLines(cells, width), ...interrupted];
  return `${lines.join('\n')}\n`;
}

function familySection(explored: Explored, self: string): string[] {
  const { family, cells } = explored;
  const layout = layoutOf(explored);
  const columns = layout.columns.flatMap((column) =>
    item(`${column.title}: ${column.about}`, layout.letterOf(column)),
  );
  const parts = [
    [`## ${escapeMarkdown(`${family.name}: ${family.question}`)}`],
    table(layout),
    codeLines(cells, layout, width).map(escapeMarkdown),
    columns,
    layout.rows.flatMap((row) => rowItem(row, layout, self)),
    cells.flatMap(claimItem),
    familyLines(explored, width).map(escapeMarkdown),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, i) => (i === 0 ? part : ['', ...part]));
}

/** An item of a list. */
function item(text: string, title?: string): string[] {
  const bold = title === undefined ? '' : `**${escapeMarkdown(title)}** `;
  const lines = fill(`${bold}${escapeMarkdown(text)}`, width - 2);
  return lines.map((line, i) => `${i === 0 ? '-' : ' '} ${line}`);
}

/** Aligned for those who read it as it is. */
function table(layout: Layout): string[] {
  const rows = [
    ['', ...layout.columns.map(layout.letterOf)],
    ...layout.rows.map((row) => [
      escapeMarkdown(row.title),
      ...layout.columns.map((column) => {
        const cell = layout.cellAt(row, column);
        return cell === undefined ? '-' : escapeMarkdown(codeOf(cell) + markOf(cell));
      }),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(3, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)];
}

/** What a row is, what the search says of it, and how to see it fail. */
function rowItem(row: Line, layout: Layout, self: string): string[] {
  const own = layout.columns.flatMap((column) => layout.cellAt(row, column) ?? []);
  const sources = [row.by, row.where].filter((each) => each !== undefined);
  const by = sources.length === 0 ? '' : ` (${sources.join(', ')})`;
  const text = `${row.about}${by}. It ${conclusionOf(row, layout, layout.letterOf)}.`;
  const command = simplestCommand(own, self);
  return [...item(text, row.title), ...(command === undefined ? [] : [`  \`${command}\``])];
}

function simplestCommand(cells: readonly Cell[], self: string): string | undefined {
  const [simplest] = cells
    .flatMap(({ report, examples }) => examples.map((each) => ({ name: report.scenario, ...each })))
    .sort((a, b) => a.preemptions - b.preemptions || a.steps - b.steps);
  return simplest && replayLine(self, simplest.name, simplest.token);
}

/** That what was found is not what is claimed, with who claims it. */
function claimItem(cell: Cell): string[] {
  const standing = standingOf(cell);
  const { scenario, claim, difference } = cell.entry;
  const defect = defectOf(cell);
  if (defect !== undefined) return item(`${scenario.name}: ${defect}.`);
  if (claim === undefined || !['recorded', 'different'].includes(standing)) return [];
  const because = standing === 'recorded' ? `: ${difference?.because ?? ''}` : '';
  const claimed = `claimed ${outcomeText(claim.expects)} (${claim.who}, ${claim.where})`;
  return item(`${scenario.name}: ${claimed}, found ${foundText(cell)}${because}.`);
}
