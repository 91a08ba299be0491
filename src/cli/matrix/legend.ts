import { labels, labelsOf } from '../../../properties/index.js';
import { fill } from '../args/help.js';
import { instructive } from '../interest.js';
import { outcomeText } from '../result.js';
import {
  type Cell,
  codeOf,
  codes,
  defectOf,
  foundText,
  mainFailure,
  markOf,
  standingOf,
} from './cell.js';
import { groupBy, type Layout, type Line } from './layout.js';
import { headingOf } from './table.js';

/** What the columns, and rows that are hazards, stand for. */
export function lineLines(layout: Layout, width: number, which: 'rows' | 'columns'): string[] {
  const heading = headingOf(layout, width);
  const lines = layout[which];
  const longest = Math.max(...lines.map(({ title }) => title.length));
  const leftOf = (line: Line): string => {
    const letter = which === 'columns' && heading(line) !== line.title ? `${heading(line)}  ` : '';
    return `${letter}${line.title.padEnd(longest)}  `;
  };
  return lines.flatMap((line) => {
    const left = leftOf(line);
    const by = line.by === undefined ? '' : ` (${line.by})`;
    return fill(`${line.about}${by}`, width - left.length).map((text, i) =>
      ((i === 0 ? left : ' '.repeat(left.length)) + text).trimEnd(),
    );
  });
}

/** What the words and marks in the cells stand for, as far as there are any of them. */
export function codeLines(
  cells: readonly Cell[],
  { rows, columns }: Layout,
  width: number,
): string[] {
  const seen = cells.map(codeOf);
  const marks = cells.map(markOf);
  const kinds = instructive.filter((kind) => seen.includes(codes[kind]));
  const named = (Object.keys(labels) as (keyof typeof labels)[]).filter((label) =>
    seen.some((code) => code.split('/').includes(label)),
  );
  const parts = [
    ...(seen.some((code) => code.startsWith('ok')) ? ['ok = verified: no interleaving fails'] : []),
    ...(seen.some((code) => /^ok\/\d/.test(code)) ? ['ok/N = within N preemptions'] : []),
    ...(seen.some((code) => /^ok.*\/d/.test(code)) ? ['ok/dN = within N delays'] : []),
    ...kinds.map((kind) => `${codes[kind]} = ${kind}${labelsText(kind, cells)}`),
    ...named.map((label) => `${label} = violated: ${labels[label]}`),
    ...(seen.includes('?') ? ['? = not decided within the budget'] : []),
    ...(cells.length < rows.length * columns.length ? ['- = no hazard for that design'] : []),
    ...(marks.includes('~') ? ['~ = the debate claims nothing'] : []),
  ];
  return fill(`${parts.join('; ')}. A verdict without a mark is what the debate claims.`, width);
}

/** The labels that all violations of a kind have. */
function labelsText(kind: string, cells: readonly Cell[]): string {
  const shown = cells
    .flatMap((cell) => mainFailure(cell) ?? [])
    .filter((each) => each.kind === kind);
  const [first] = shown;
  const common = first === undefined ? [] : labelsOf(first);
  const all = common.filter((label) => shown.every((each) => labelsOf(each).includes(label)));
  return all.length === 0 ? '' : ` (${all.join(' ')})`;
}

/** Where what was found is not what is claimed: a footnote for each argument, the recorded ones first. */
export function noteLines(cells: readonly Cell[], layout: Layout, width: number): string[] {
  const notes = groupBy(
    cells.filter((cell) => ['*', '!'].includes(markOf(cell))),
    noteOf,
  );
  return [...notes]
    .sort(([a], [b]) => Number(a.startsWith('!')) - Number(b.startsWith('!')))
    .flatMap(([note, some]) => {
      const [mark = '', ...text] = note.split(' ');
      const lines = fill(`${placesText(some, layout, width)}: ${text.join(' ')}`, width - 2);
      return lines.map((line, i) => `${i === 0 ? mark : ' '} ${line}`);
    });
}

/** `G9 singleton e g, G8 clear-in-finalize h`: where in the table. */
function placesText(cells: readonly Cell[], layout: Layout, width: number): string {
  const heading = headingOf(layout, width);
  const rows = layout.rows.flatMap((row) => {
    const columns = layout.columns.filter((column) =>
      cells.some((cell) => cell === layout.cellAt(row, column)),
    );
    return columns.length === 0 ? [] : [[row.title, ...columns.map(heading)].join(' ')];
  });
  return rows.join(', ');
}

function noteOf(cell: Cell): string {
  const { claim, difference } = cell.entry;
  const defect = defectOf(cell);
  if (defect !== undefined) return `! ${defect}.`;
  const claimed = claim === undefined ? '' : `claimed ${outcomeText(claim.expects)}, `;
  const because = standingOf(cell) === 'recorded' ? `: ${difference?.because ?? ''}` : '';
  return `${markOf(cell)} ${claimed}found ${foundText(cell)}${because}.`;
}
