import { boundsText, executionsText, strategyText } from '../../report/headline.js';
import { fill } from '../args/help.js';
import { agreement, foundIn, type Judged, outcomeText } from '../result.js';
import type { Paint, Tone } from '../terminal.js';

/** The tone of a verdict. */
export function toneOf({ report }: Judged): Tone {
  if (report.verdict === 'violated') return 'bad';
  return report.verdict === 'verified' ? 'good' : 'unsure';
}

function claimText(result: Judged): string {
  const { claim, difference } = result.selected;
  if (claim === undefined) return '';
  const notes = {
    claimed: '',
    recorded: ` (differs as recorded: ${difference?.because ?? ''})`,
    different: ' (differs)',
    open: ' (not decided)',
  };
  return `; claim: ${outcomeText(claim.expects)}${notes[agreement(result) ?? 'claimed']}`;
}

/** The verdict, with the bound beside it where it speaks of everything within one. */
function verdictOf({ report }: Judged): string {
  if (report.verdict === 'violated') return 'violated';
  const bounds = boundsText(report);
  return report.verdict === 'verified' && bounds !== '' ? `verified ${bounds}` : foundIn(report);
}

/** Columns for verdicts. */
export function verdictWidth(bounded: boolean): number {
  return (bounded ? 'verified within 2 preemptions' : 'inconclusive').length;
}

/** How lines about verdicts are laid out: columns for the verdict and the name, so that lines stand below each other. */
export interface LineLayout {
  readonly verdictWidth: number;
  readonly nameWidth: number;
  readonly width: number;
  readonly paint: Paint;
}

/** What was found in one scenario: a line, or more where it is too long, and a line for each warning. */
export function verdictLines(result: Judged, layout: LineLayout): string[] {
  const { width, paint } = layout;
  const { report } = result;
  const violated = report.verdict === 'violated';
  const verdict = verdictOf(result).padEnd(layout.verdictWidth);
  const head = paint(toneOf(result), verdict);
  // Where it is not beside the verdict; how many executions failed is said with the bounds already.
  const bounds = report.verdict === 'passed' ? ` ${boundsText(report)}`.trimEnd() : '';
  const rest =
    `${violated ? `${foundIn(report)}; ` : ''}${executionsText(report)}${bounds}; ` +
    `${strategyText(report)}${claimText(result)}`;
  const name = report.scenario.padEnd(layout.nameWidth);
  const fits = verdict.length + 1 + name.length + 2 + rest.length <= width;
  const indent = ' '.repeat(verdictWidth(false) + 3);
  const below = (text: string): string[] =>
    fill(text, width - indent.length).map((line) => `${indent}${line}`);
  return [
    ...(fits ? [`${head} ${name}  ${rest}`] : [`${head} ${report.scenario}`, ...below(rest)]),
    ...report.warnings.flatMap((warning) => below(`warning: ${warning}`)),
  ];
}

/** The names of those that are violated, with what was found: after long reports nobody remembers them. */
export function violatedLines(results: readonly Judged[], width: number): string[] {
  const violated = results.filter(({ report }) => report.verdict === 'violated');
  if (violated.length === 0) return [];
  const names = violated.flatMap(({ report }) => {
    const found = foundIn(report);
    const line = `  ${report.scenario}  ${found}`;
    if (line.length <= width) return [line];
    return [`  ${report.scenario}`, ...fill(found, width - 6).map((each) => `      ${each}`)];
  });
  return ['Violated:', ...names, ''];
}

/** `3 scenarios: 1 violated, 2 verified`. */
export function tally(results: readonly Judged[]): string {
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
