import type { Report } from '../../explore/report.js';
import { grouped } from '../../report/numbers.js';
import { tableLines } from '../output/table.js';
import { toneOf } from '../output/verdict-line.js';
import { agrees, foundIn, kindsIn, type Result } from '../result.js';
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

/** `p<=2`, short for a table; the summary explains it. */
function boundOf({ bounds: { preemptions, delays } }: Report): string {
  const parts = [
    ...(preemptions === null ? [] : [`p<=${preemptions}`]),
    ...(delays === null ? [] : [`d<=${delays}`]),
  ];
  return parts.length === 0 ? 'none' : parts.join(' ');
}

/** The kind that was claimed if it was found, else the first; how many others; and the fewest preemptions that lead to it. */
function foundText(claim: string, report: Report): [text: string, preemptions: string] {
  if (report.violations.length === 0) return [foundIn(report), '-'];
  const kinds = kindsIn(report);
  const kind = kinds.find((each) => each === claim) ?? kinds[0];
  const same = report.violations.filter((violation) => violation.kind === kind);
  const least = Math.min(...same.map(({ preemptions }) => preemptions));
  const others = kinds.length === 1 ? '' : ` +${kinds.length - 1}`;
  return [`${kind ?? ''}${others}`, grouped(least)];
}

function row({ selected, report }: Result): string[] {
  const { claim = '' } = selected;
  const mark = agrees(claim, report) === false ? '!' : ' ';
  const [found, preemptions] = foundText(claim, report);
  const name = splitName(report.scenario)[1];
  return [
    `${mark} ${name}`,
    claim,
    found,
    grouped(report.executions),
    boundOf(report),
    preemptions,
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
