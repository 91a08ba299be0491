import { count } from '../../report/numbers.js';
import { fill } from '../args/help.js';
import { agrees, kindsIn, type Result } from '../result.js';
import { splitName } from './table.js';

/** The results by group, in order of appearance. */
function byGroup(results: readonly Result[]): Map<string, Result[]> {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const [group] = splitName(result.report.scenario);
    groups.set(group, [...(groups.get(group) ?? []), result]);
  }
  return groups;
}

function groupText(group: string, results: readonly Result[]): string {
  const failing = results.filter(({ report }) => report.verdict === 'violated');
  const held = results.filter(({ report }) => report.verdict === 'verified');
  const open = results.length - failing.length - held.length;
  const kinds = [...new Set(failing.flatMap(({ report }) => kindsIn(report)))].sort().join(', ');
  const parts = [
    ...(failing.length > 0 ? [`${failing.length} violated (${kinds})`] : []),
    ...(held.length > 0 ? [`${held.length} verified`] : []),
    ...(open > 0 ? [`${open} not decided in the time given`] : []),
  ];
  return `${group}: ${parts.join(', ')}.`;
}

function claimsText(results: readonly Result[]): string {
  const differing = results.filter(
    ({ selected, report }) => agrees(selected.claim ?? '', report) === false,
  );
  const open = results.filter(
    ({ selected, report }) => agrees(selected.claim ?? '', report) === undefined,
  );
  if (differing.length > 0) {
    const names = differing.map(({ report }) => report.scenario).join(', ');
    return `What was found differs from ${count(differing.length, 'claim')} (marked !): ${names}.`;
  }
  if (open.length > 0) return `Not decided: ${count(open.length, 'claim')}.`;
  return 'What was found agrees with every claim.';
}

/** What the table shows, in sentences. */
export function summaryLines(results: readonly Result[], width: number): string[] {
  const executions = results.reduce((sum, { report }) => sum + report.executions, 0);
  const sentences = [
    ...[...byGroup(results)].map(([group, some]) => groupText(group, some)),
    claimsText(results),
    `${count(executions, 'execution')} in all; "verified" speaks of every interleaving within the ` +
      'bound (p<=2: at most 2 preemptions); +1 is one more kind of violation.',
  ];
  return sentences.flatMap((text) => fill(text, width));
}
