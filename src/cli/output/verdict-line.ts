import { ascii } from '../../report/ascii.js';
import { boundsText, executionsText, strategyText } from '../../report/headline.js';
import { fill } from '../args/help.js';
import { agreement, foundIn, type Judged, outcomeText } from '../result.js';
import type { Paint, Tone } from '../terminal.js';

/** The tone of a verdict. */
export function toneOf({ report }: Judged): Tone {
  if (report.verdict === 'violated') return 'bad';
  return report.verdict === 'verified' ? 'good' : 'unsure';
}

function claimText(result: Judged): string[] {
  const { claim, difference } = result.selected;
  if (claim === undefined) return [];
  const notes = {
    claimed: '',
    recorded: ` (differs as recorded: ${difference?.because ?? ''})`,
    different: ' (differs)',
    open: ' (not decided)',
  };
  return [`claim: ${outcomeText(claim.expects)}${notes[agreement(result) ?? 'claimed']}`];
}

/** What comes before the name: a bound stands beside what is said of everything within it. */
function verdictOf({ report }: Judged): string {
  // How many executions failed is said with the bounds.
  if (report.verdict === 'violated') return 'violated';
  return `${foundIn(report)} ${boundsText(report)}`.trimEnd();
}

/** What follows the name, the most important first. */
function partsOf(result: Judged): string[] {
  const { report } = result;
  const searched = [executionsText(report), strategyText(report), ...claimText(result)];
  return report.verdict === 'violated' ? [foundIn(report), ...searched] : searched;
}

const verdictWidth = 'inconclusive'.length;

/** How lines about verdicts are laid out. */
export interface LineLayout {
  /** Columns for the name where there is room, so that lines stand below each other. */
  readonly nameWidth: number;
  readonly width: number;
  readonly paint: Paint;
}

/** What was found in one scenario: a line, or where it is too long another with the rest of it, and a line for each warning. */
export function verdictLines(result: Judged, { nameWidth, width, paint }: LineLayout): string[] {
  const { report } = result;
  const verdict = verdictOf(result).padEnd(verdictWidth);
  const head = paint(toneOf(result), verdict);
  const name = ascii(report.scenario);
  const parts = partsOf(result);
  const left = width - verdict.length - 1;
  const besideOf = (count: number): string =>
    `${textOf(parts.slice(0, count))}${count > 0 && count < parts.length ? ';' : ''}`;
  let fit = parts.length;
  while (fit > 0 && name.length + 2 + besideOf(fit).length > left) fit--;
  const beside = besideOf(fit);
  // What follows the name stands below that of other lines where there is room.
  const column = nameWidth - (verdict.length - verdictWidth);
  const padded = name.padEnd(Math.min(column, left - 2 - beside.length));
  const indent = ' '.repeat(verdictWidth + 3);
  const below = (text: string): string[] =>
    text === '' ? [] : fill(text, width - indent.length).map((line) => `${indent}${line}`);
  return [
    `${head} ${padded}  ${beside}`.trimEnd(),
    ...below(textOf(parts.slice(fit))),
    ...report.warnings.flatMap((warning) => below(`warning: ${ascii(warning)}`)),
  ];
}

function textOf(parts: readonly string[]): string {
  return parts.join('; ');
}

/** The names of those that are violated, with what was found: after long reports nobody remembers them. */
export function violatedLines(results: readonly Judged[], width: number): string[] {
  const violated = results.filter(({ report }) => report.verdict === 'violated');
  if (violated.length === 0) return [];
  const names = violated.flatMap(({ report }) => {
    const found = foundIn(report);
    const name = ascii(report.scenario);
    const line = `  ${name}  ${found}`;
    if (line.length <= width) return [line];
    return [`  ${name}`, ...fill(found, width - 6).map((each) => `      ${each}`)];
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
