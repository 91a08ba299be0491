import { labelsOf } from '../../../properties/index.js';
import type { Violation } from '../../replay/violation.js';
import { kindsIn } from '../result.js';
import { type Cell, defectOf, labelsIn, standingOf } from './cell.js';
import { conclusionOf, indistinguishable } from './conclusion.js';
import type { Found } from './explore.js';
import { type Explored, layoutOf } from './layout.js';

/** Whether what was found is what is claimed; null without a claim, or where the search did not get far enough to tell. */
const agrees = {
  claimed: true,
  recorded: false,
  different: false,
  defect: false,
  open: null,
  unclaimed: null,
} as const;

/** The document of `qomcheck matrix --json`: the same bytes for the same cells, whatever the number of threads. */
export function matrixJson({ families, missing }: Found): string {
  const document = {
    schemaVersion: 1,
    interrupted: missing > 0,
    families: families.map(familyJson),
    cells: families.flatMap(({ cells }) => cells.map(cellJson)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function familyJson(explored: Explored): unknown {
  const { name, question, entries } = explored.family;
  const layout = layoutOf(explored);
  const conclusions = layout.rows.map((row) => ({
    row: row.title,
    text: conclusionOf(row, layout, ({ title }) => title),
  }));
  return {
    name,
    question,
    designs: distinct(
      entries.map(({ design: { id, name: design, who, where, summary } }) => ({
        id,
        name: design,
        who,
        where,
        summary,
      })),
    ),
    hazards: distinct(
      entries.map(({ hazard: { name: hazard, title, description } }) => ({
        name: hazard,
        title,
        description,
      })),
    ),
    conclusions,
    indistinguishable: indistinguishable(explored),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function cellJson(cell: Cell): unknown {
  const { entry, report, examples } = cell;
  const standing = standingOf(cell);
  return {
    design: entry.design.id,
    hazard: entry.hazard.name,
    family: entry.family,
    scenario: report.scenario,
    claim: entry.claim ?? null,
    verdict: report.verdict,
    kinds: kindsIn(report),
    labels: labelsIn(cell),
    strategy: report.strategy,
    bounds: report.bounds,
    executions: report.executions,
    complete: report.complete,
    preemptions: fewestPreemptions(examples),
    tokens: examples.map(tokenJson),
    source: entry.scenario.source,
    agrees: agrees[standing],
    standing,
    difference: entry.difference ?? null,
    defect: defectOf(cell) ?? null,
    unreached: report.unreached,
    warnings: report.warnings,
  };
}

function fewestPreemptions(examples: readonly Violation[]): number | null {
  return examples.length === 0 ? null : Math.min(...examples.map((each) => each.preemptions));
}

function tokenJson(violation: Violation): unknown {
  const { kind, property, token, preemptions, steps, minimized } = violation;
  const provenMinimal = minimized?.provenMinimal ?? false;
  return { kind, labels: labelsOf(violation), property, token, preemptions, steps, provenMinimal };
}
