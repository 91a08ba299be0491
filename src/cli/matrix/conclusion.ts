import { boundsText } from '../../report/headline.js';
import { count } from '../../report/numbers.js';
import { type Cell, codeOf, defectOf, labelsIn } from './cell.js';
import { designLine, type Explored, groupBy, type Layout, type Line } from './layout.js';

interface Place {
  readonly column: Line;
  readonly cell: Cell;
}

/**
 * What the search says of a row, in a sentence without a full stop: no more than it supports.
 *
 * @param heading - how the table calls a column
 */
export function conclusionOf(row: Line, layout: Layout, heading: (column: Line) => string): string {
  const places = layout.columns.flatMap((column): Place[] => {
    const cell = layout.cellAt(row, column);
    return cell === undefined ? [] : [{ column, cell }];
  });
  const cells = places.map(({ cell }) => cell);
  const failing = places.filter(({ cell }) => cell.report.verdict === 'violated');
  const undecided = cells.filter(({ report }) => report.verdict === 'passed');
  const defective = cells.filter((cell) => defectOf(cell) !== undefined);
  const surviving = cells.filter(isSurvival);
  const parts = [
    ...(failing.length > 0 ? [failsText(failing, places.length, heading)] : []),
    ...(failing.length === 0 && surviving.length > 0 ? [survivesText(surviving, cells)] : []),
    ...(undecided.length > 0 ? [undecidedText(undecided)] : []),
    ...(defective.length > 0 ? [`of ${defective.length} the search says nothing`] : []),
  ];
  return parts.join('; ');
}

/** Whether nothing fails in a cell, and that means something. */
export function isSurvival(cell: Cell): boolean {
  return cell.report.verdict === 'verified' && defectOf(cell) === undefined;
}

function failsText(
  failing: readonly Place[],
  all: number,
  heading: (column: Line) => string,
): string {
  const preemptions = failing.flatMap(({ cell }) => cell.examples.map((each) => each.preemptions));
  const where = failing.map(({ column }) => heading(column)).join(', ');
  const least = Math.min(...preemptions);
  const needs = least === 0 ? 'no preemption' : count(least, 'preemption');
  return `fails in ${failing.length} of ${all} (${where}); the simplest failure needs ${needs}`;
}

function survivesText(surviving: readonly Cell[], cells: readonly Cell[]): string {
  const executions = surviving.reduce((sum, { report }) => sum + report.executions, 0);
  const bounded = [...groupBy(surviving, ({ report }) => boundsText(report))]
    .filter(([text]) => text !== '')
    .map(([text, some]) => `, ${some.length} of them ${text}`);
  const all = cells.length === 1 ? 'the only hazard' : `all ${cells.length} hazards`;
  const which = surviving.length < cells.length ? `${surviving.length} of ${cells.length}` : all;
  const within = bounded.length === 0 ? '' : `${bounded.join('')},`;
  return `survives ${which}${within} in ${count(executions, 'execution')}`;
}

function undecidedText(undecided: readonly Cell[]): string {
  const executions = undecided.reduce((sum, { report }) => sum + report.executions, 0);
  const budget = `${count(executions, 'execution')} without a failure`;
  return `${undecided.length} not decided within the budget (${budget})`;
}

/** Designs of a family that differ under none of its hazards: what distinguishes them, nothing here exercises. */
export function indistinguishable({ family, cells }: Explored): string[][] {
  if (family.rows === 'hazards') return [];
  const designs = groupBy(cells, ({ entry }) => entry.design.id);
  const alike = groupBy(designs.values(), (row) => JSON.stringify(row.map(signature)));
  return [...alike.values()]
    .filter((rows) => rows.length > 1 && rows[0]?.every(isDecided) === true)
    .map((rows) =>
      rows.flatMap((row) => row.slice(0, 1).map(({ entry }) => designLine(entry.design).title)),
    );
}

function isDecided(cell: Cell): boolean {
  return cell.report.verdict === 'violated' || isSurvival(cell);
}

function signature(cell: Cell): unknown {
  const { entry, report } = cell;
  const kinds = [...new Set(report.violations.map(({ kind }) => kind))].sort();
  return [entry.hazard.name, report.verdict === 'violated' ? kinds : codeOf(cell), labelsIn(cell)];
}
