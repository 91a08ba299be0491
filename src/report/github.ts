import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { asciiLines } from './ascii.js';
import { renderDetails } from './details.js';
import { renderHeadline } from './headline.js';
import { renderMarkdown } from './markdown.js';
import type { ReplayLine } from './replay-line.js';
import { inconclusive, placeOf } from './summary.js';

/** GitHub refuses step summaries of more than a mebibyte; characters are printable and most of them one byte. */
const mostSummary = 900_000;

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function command(
  name: 'error' | 'warning',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const described = Object.entries(properties)
    .flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
    )
    .join(',');
  return `::${name} ${described}::${escapeData(message)}`;
}

function annotation(
  report: Report,
  violation: Violation,
  replayLine: ReplayLine,
  fileOf: (file: string) => string,
): string {
  const place = placeOf(violation);
  const message = [
    ...asciiLines(violation.message),
    ...renderDetails(violation, 100),
    `To replay it: ${replayLine(report, violation)}`,
  ].join('\n');
  const title = `${report.scenario}: ${violation.kind}`;
  return command('error', { file: place && fileOf(place.file), line: place?.line, title }, message);
}

/**
 * Workflow commands that annotate a run of GitHub Actions, one a line: an error for each violation, warnings for the rest.
 *
 * @param fileOf - what GitHub calls a file of a report: it knows paths in the repository only
 * @internal
 */
export function githubAnnotations(
  reports: readonly Report[],
  replayLine: ReplayLine,
  fileOf: (file: string) => string = (file) => file,
): string[] {
  return reports.flatMap((report) => [
    ...report.violations.map((violation) => annotation(report, violation, replayLine, fileOf)),
    ...(inconclusive(report)
      ? [command('warning', { title: `${report.scenario}: inconclusive` }, renderHeadline(report))]
      : []),
    ...report.warnings.map((warning) => command('warning', { title: report.scenario }, warning)),
  ]);
}

/** The text of a step summary of GitHub Actions. @internal */
export function githubSummary(reports: readonly Report[], replayLine: ReplayLine): string {
  return renderMarkdown(reports, replayLine, { maxLength: mostSummary });
}
