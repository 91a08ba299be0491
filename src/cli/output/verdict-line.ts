import { boundsText, executionsText, strategyText } from '../../report/headline.js';
import { fill } from '../args/help.js';
import { agrees, foundIn, type Result } from '../result.js';
import type { Paint, Tone } from '../terminal.js';

const verdictWidth = 12;

/** The tone of a verdict. */
export function toneOf({ report }: Result): Tone {
  if (report.verdict === 'violated') return 'bad';
  return report.verdict === 'verified' ? 'good' : 'unsure';
}

function claimText({ selected: { claim }, report }: Result): string {
  if (claim === undefined) return '';
  const agreed = agrees(claim, report);
  const note = agreed === undefined ? ' (not decided)' : agreed ? '' : ' (differs)';
  return `; claim: ${claim}${note}`;
}

/**
 * What was found in one scenario: a line, or two where it is too long, and a line for each warning.
 *
 * @param nameWidth - columns for the name, so that lines stand below each other
 */
export function verdictLines(
  result: Result,
  { nameWidth, width, paint }: { nameWidth: number; width: number; paint: Paint },
): string[] {
  const { report } = result;
  const violated = report.verdict === 'violated';
  const word = violated ? 'violated' : foundIn(report);
  const head = paint(toneOf(result), word.padEnd(verdictWidth));
  // How many executions failed is said with the bounds already.
  const bounds = violated || boundsText(report) === '' ? '' : ` ${boundsText(report)}`;
  const rest =
    `${violated ? `${foundIn(report)}; ` : ''}${executionsText(report)}${bounds}; ` +
    `${strategyText(report)}${claimText(result)}`;
  const name = report.scenario.padEnd(nameWidth);
  const fits = verdictWidth + 1 + name.length + 2 + rest.length <= width;
  const indent = ' '.repeat(verdictWidth + 1);
  const below = (text: string): string[] =>
    fill(text, width - indent.length - 2).map((line) => `${indent}  ${line}`);
  return [
    ...(fits ? [`${head} ${name}  ${rest}`] : [`${head} ${report.scenario}`, ...below(rest)]),
    ...report.warnings.flatMap((warning) => below(`warning: ${warning}`)),
  ];
}

/** `3 scenarios: 1 violated, 2 verified`. */
export function tally(results: readonly Result[]): string {
  const words = ['violated', 'inconclusive', 'passed', 'verified'];
  const counts = new Map(words.map((word) => [word, 0]));
  for (const { report } of results) {
    const word = report.verdict === 'violated' ? 'violated' : foundIn(report);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [...counts].filter(([, n]) => n > 0).map(([word, n]) => `${n} ${word}`);
  const scenarios = results.length === 1 ? '1 scenario' : `${results.length} scenarios`;
  return parts.length === 0 ? scenarios : `${scenarios}: ${parts.join(', ')}`;
}
