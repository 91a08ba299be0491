import type { Report } from '../../explore/report.js';
import { count, grouped } from '../../report/numbers.js';
import { tableLines } from '../output/table.js';
import { toneOf } from '../output/verdict-line.js';
import { agrees, foundIn, type Result } from '../result.js';
import type { Paint } from '../terminal.js';

const columns = [
  { title: 'scenario' },
  { title: 'claim' },
  { title: 'found' },
  { title: 'executions', align: 'right' },
  { title: 'bound' },
  { title: 'preemptions', align: 'right' },
] as const;

/** The part of a name before its last slash, and what follows. */
export function splitName(name: string): [group: string, rest: string] {
  const slash = name.lastIndexOf('/');
  return [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
}

function boundOf({ bounds }: Report): string {
  const parts = [
    ...(bounds.preemptions === null ? [] : [count(bounds.preemptions, 'preemption')]),
    ...(bounds.delays === null ? [] : [count(bounds.delays, 'delay')]),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function row({ selected, report }: Result): string[] {
  const { claim = '' } = selected;
  const agreed = agrees(claim, report);
  const found = `${foundIn(report)}${agreed === false ? ' (differs)' : ''}`;
  const least = Math.min(...report.violations.map(({ preemptions }) => preemptions));
  return [
    `  ${splitName(report.scenario)[1]}`,
    claim,
    found,
    grouped(report.executions),
    boundOf(report),
    least === Infinity ? '-' : grouped(least),
  ];
}

/** The verdicts as a table: a heading for each group, a line for each scenario. */
export function verdictTable(results: readonly Result[], paint: Paint): string[] {
  const [titles = '', ...lines] = tableLines(columns, results.map(row));
  const shown = [paint('strong', titles)];
  let group: string | undefined;
  results.forEach((result, i) => {
    const [own] = splitName(result.report.scenario);
    if (own !== group) shown.push(paint('strong', own));
    group = own;
    shown.push(paint(toneOf(result), lines[i] ?? ''));
  });
  return shown;
}
