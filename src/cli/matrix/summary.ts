import { boundsText } from '../../report/headline.js';
import { count } from '../../report/numbers.js';
import { fill } from '../args/help.js';
import { type Cell, type Standing, standingOf } from './cell.js';
import { conclusionOf, indistinguishable, isSurvival } from './conclusion.js';
import { type Explored, groupBy, type Layout, type Line, layoutOf } from './layout.js';
import { headingOf } from './table.js';

/** A sentence for each row of a table. */
export function conclusionLines(layout: Layout, width: number): string[] {
  const heading = headingOf(layout, width);
  return layout.rows.flatMap((row) => {
    const text = `${row.title}: ${conclusionOf(row, layout, heading)}.`;
    return fill(text, width - 2).map((line, i) => (i === 0 ? line : `  ${line}`));
  });
}

/** Which designs survive everything, and which nothing tells apart. */
export function familyLines(explored: Explored, width: number): string[] {
  const layout = layoutOf(explored);
  const survives = (row: Line): boolean =>
    layout.columns.every((column) => {
      const cell = layout.cellAt(row, column);
      return cell === undefined || isSurvival(cell);
    });
  const names = explored.family.rows === 'hazards' ? [] : layout.rows.filter(survives);
  const texts = [
    ...(names.length === 0
      ? []
      : [`Survive every hazard: ${names.map(({ title }) => title).join(', ')}.`]),
    ...indistinguishable(explored).map(
      (designs) => `No hazard here tells these apart: ${designs.join(', ')}.`,
    ),
  ];
  return texts.flatMap((text) => fill(text, width));
}

/** What all tables come to. */
export function totalLines(cells: readonly Cell[], width: number): string[] {
  return [scopeText(cells), claimsText(cells)].flatMap((text) => fill(text, width));
}

function scopeText(cells: readonly Cell[]): string {
  const violated = cells.filter(({ report }) => report.verdict === 'violated').length;
  const verified = cells.filter(({ report }) => report.verdict === 'verified');
  const open = cells.length - violated - verified.length;
  const bounded = verified.filter(({ report }) => boundsText(report) !== '').length;
  const executions = cells.reduce((sum, { report }) => sum + report.executions, 0);
  const within = bounded === 0 ? '' : ` (${bounded} within bounds)`;
  const rest = open === 0 ? '' : `, ${open} not decided within the budget`;
  return (
    `${count(cells.length, 'scenario')}: ${violated} violated, ${verified.length} verified${within}${rest}; ` +
    `${count(executions, 'execution')} in all.`
  );
}

function claimsText(cells: readonly Cell[]): string {
  const counts = groupBy(cells, answerOf);
  const number = (standing: Standing): number => counts.get(standing)?.length ?? 0;
  const part = (standing: Standing, text: (n: number) => string): string[] =>
    number(standing) === 0 ? [] : [text(number(standing))];
  const parts = [
    `as claimed in ${number('claimed')}`,
    ...part('recorded', (n) => `otherwise in ${n}, for a recorded reason (*)`),
    ...part('different', (n) => `otherwise in ${n} without one (!)`),
    ...part('open', (n) => `too little to tell in ${n}`),
    ...part('unclaimed', (n) => `an answer where the debate has none in ${n} (~)`),
    ...part('defect', (n) => `worth nothing in ${n} (!)`),
  ];
  return `What was found is ${parts.join('; ')}.`;
}

/** Where nothing is decided there is no answer, whether or not the debate has one. */
function answerOf(cell: Cell): Standing {
  return cell.report.verdict === 'passed' ? 'open' : standingOf(cell);
}
