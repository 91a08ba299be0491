import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { strategyText, verdictText } from './headline.js';
import { grouped } from './numbers.js';
import type { ReplayLine } from './replay-line.js';
import { totals } from './summary.js';
import { renderFailure } from './text.js';

/** A text that shows as it is inside a paragraph, a heading or a cell: no markup, no mentions, no line break. @internal */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//');
}

/** A block of code whose fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

const headings = ['scenario', 'verdict', 'executions', 'failing', 'strategy'];
/** Which columns hold numbers. */
const numeric = [false, false, true, true, false];
/** A longer cell does not widen its column: the table is aligned for those who read it as it is. */
const widest = 40;

function table(reports: readonly Report[]): string[] {
  const rows = reports.map((report) => [
    escapeMarkdown(report.scenario),
    escapeMarkdown(verdictText(report)),
    grouped(report.executions),
    grouped(report.failing),
    escapeMarkdown(strategyText(report)),
  ]);
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => Math.min(widest, row[i]?.length ?? 0))),
  );
  const line = (row: readonly string[]): string => {
    const cells = row.map((text, i) => {
      const width = widths[i] as number;
      return numeric[i] === true ? text.padStart(width) : text.padEnd(width);
    });
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, i) =>
    numeric[i] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(headings), line(rule), ...rows.map(line)];
}

function failure(report: Report, violation: Violation, replayLine: ReplayLine): string {
  const title = `### ${escapeMarkdown(report.scenario)}: ${violation.kind}`;
  const text = renderFailure({ report, violation, replayLine: replayLine(report, violation) });
  return `${title}\n\n${fenced(text)}\n`;
}

/** How much Markdown may be written. @internal */
export interface MarkdownOptions {
  /** Most characters (default: no limit); failures that do not fit are counted. */
  readonly maxLength?: number | undefined;
}

/**
 * The reports as Markdown, readable as it is in a mail: a table of all scenarios, then each failure.
 *
 * @internal
 */
export function renderMarkdown(
  reports: readonly Report[],
  replayLine: ReplayLine,
  options: MarkdownOptions = {},
): string {
  const { maxLength = Infinity } = options;
  const warnings = reports.flatMap((report) =>
    report.warnings.map(
      (warning) => `- ${escapeMarkdown(report.scenario)}: warning: ${escapeMarkdown(warning)}`,
    ),
  );
  const parts = [
    `## qomcheck: ${totals(reports)}`,
    '',
    ...(reports.length === 0 ? [] : [...table(reports), '']),
    ...(warnings.length === 0 ? [] : [...warnings, '']),
  ];
  let length = parts.join('\n').length;
  let left = 0;
  for (const report of reports) {
    for (const violation of report.violations) {
      const text = failure(report, violation, replayLine);
      // Room for the line that counts what is left out.
      if (length + text.length + 80 > maxLength) left++;
      else {
        parts.push(text);
        length += text.length + 1;
      }
    }
  }
  if (left > 0) parts.push(`${grouped(left)} more failures are left out here.`, '');
  return parts.join('\n');
}
