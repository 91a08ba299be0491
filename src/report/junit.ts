import type { Report } from '../explore/report.js';
import { renderHeadline } from './headline.js';
import { escapeAttribute, escapeMarkup } from './markup.js';
import type { ReplayLine } from './replay-line.js';
import { inconclusive, placeOf } from './summary.js';
import { renderFailure } from './text.js';

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${escapeAttribute(String(value))}"`,
    )
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function failures(report: Report, replayLine: ReplayLine): string[] {
  return report.violations.map((violation) => {
    const replay = replayLine(report, violation);
    const text = renderFailure({ report, violation, replayLine: replay });
    const described = attributes({ type: violation.kind, message: violation.message });
    return `      <failure${described}>${escapeMarkup(text)}</failure>`;
  });
}

function testCase(report: Report, replayLine: ReplayLine): string[] {
  const place = report.violations[0] === undefined ? undefined : placeOf(report.violations[0]);
  const described = attributes({
    classname: 'qomcheck',
    name: report.scenario,
    time: seconds(report.elapsedMs),
    file: place?.file,
    line: place?.line,
  });
  // A search that was to see everything and did not is no pass; JUnit has no other word for it.
  const skipped = inconclusive(report)
    ? [`      <skipped${attributes({ message: `inconclusive: ${renderHeadline(report)}` })}/>`]
    : [];
  const notes = [
    renderHeadline(report),
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ];
  return [
    `    <testcase${described}>`,
    ...skipped,
    ...failures(report, replayLine),
    `      <system-out>${escapeMarkup(notes.join('\n'))}</system-out>`,
    '    </testcase>',
  ];
}

/** The reports as JUnit XML, one test case a scenario. @internal */
export function renderJUnit(reports: readonly Report[], replayLine: ReplayLine): string {
  const described = attributes({
    name: 'qomcheck',
    tests: reports.length,
    failures: reports.filter((report) => report.verdict === 'violated').length,
    errors: 0,
    skipped: reports.filter(inconclusive).length,
    time: seconds(reports.reduce((sum, report) => sum + report.elapsedMs, 0)),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${described}>`,
    `  <testsuite${described}>`,
    ...reports.flatMap((report) => testCase(report, replayLine)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
