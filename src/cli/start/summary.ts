import { count } from '../../report/numbers.js';
import { fill } from '../args/help.js';
import { agreement, type Result } from '../result.js';
import { groupBy, lettersOf, placeOf } from './names.js';

/** Designs that fail in more columns than this are left to the table. */
const mostColumns = 2;

/** What the table shows, in sentences. */
export function summaryLines(results: readonly Result[], width: number): string[] {
  const sentences = [scopeText(results), claimsText(results), ...designTexts(results)];
  return sentences.flatMap((text) => fill(text, width));
}

function scopeText(results: readonly Result[]): string {
  const violated = results.filter(({ report }) => report.verdict === 'violated').length;
  const verified = results.filter(({ report }) => report.verdict === 'verified').length;
  const open = results.length - violated - verified;
  const executions = results.reduce((sum, { report }) => sum + report.executions, 0);
  const rest = open === 0 ? '' : `, ${open} not decided in the time given`;
  return (
    `${count(results.length, 'scenario')}: ${violated} violated, ${verified} verified${rest}; ` +
    `${count(executions, 'execution')} in all.`
  );
}

function claimsText(results: readonly Result[]): string {
  const counts = groupBy(results, agreement);
  const [claimed = 0, recorded = 0, different = 0, open = 0] = (
    ['claimed', 'recorded', 'different', 'open'] as const
  ).map((each) => counts.get(each)?.length);
  const parts = [
    `as claimed in ${claimed}`,
    ...(recorded > 0 ? [`otherwise in ${recorded}, for a recorded reason (*)`] : []),
    ...(different > 0 ? [`otherwise in ${different} without one (!)`] : []),
    ...(open > 0 ? [`not decided in ${open}`] : []),
  ];
  return `What was found is ${parts.join('; ')}.`;
}

/** The designs that fail nowhere or almost nowhere. */
function designTexts(results: readonly Result[]): string[] {
  const letters = lettersOf(results);
  const designs = groupBy(results, (result) => placeOf(result).design);
  const decided = [...designs].filter(([, row]) =>
    row.every(({ report }) => report.verdict !== 'passed'),
  );
  const failing = groupBy(decided, ([, row]) =>
    row
      .filter(({ report }) => report.verdict === 'violated')
      .map((result) => letters.get(placeOf(result).hazard) ?? '')
      .join(' and '),
  );
  const few = [...failing]
    .filter(([columns]) => columns.split(' and ').length <= mostColumns)
    .sort(([a], [b]) => a.length - b.length)
    .map(([columns, some]) => {
      const names = some.map(([design]) => design).join(', ');
      return columns === '' ? `nowhere: ${names}` : `only in ${columns}: ${names}`;
    });
  return few.length === 0 ? [] : [`Fails ${few.join('; ')}.`];
}
