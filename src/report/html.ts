import type { Report } from '../explore/report.js';
import type { Violation } from '../replay/violation.js';
import { renderDetails } from './details.js';
import { keptSteps } from './elide.js';
import { explanationLines } from './explanation.js';
import {
  executionsText,
  renderHeadline,
  searchText,
  strategyText,
  verdictText,
} from './headline.js';
import { style } from './html-style.js';
import { escapeMarkup as escape } from './markup.js';
import { count, grouped } from './numbers.js';
import type { ReplayLine } from './replay-line.js';
import { type Row, rowsOf, type StepRow, threadsOf } from './rows.js';
import { shapeLines } from './shape.js';
import { inconclusive, totals } from './summary.js';
import { endText, markOf } from './violation-mark.js';

/** Executions of at most so many steps are shown whole: a page scrolls better than a mail. */
const shownWhole = 300;

function outcome(report: Report): 'violated' | 'open' | 'held' {
  if (report.verdict === 'violated') return 'violated';
  return inconclusive(report) ? 'open' : 'held';
}

function summaryRow(report: Report, i: number): string {
  const name = escape(report.scenario);
  const linked = report.violations.length === 0 ? name : `<a href="#s${i}">${name}</a>`;
  const notes = report.warnings.map((warning) => `<div class="note">${escape(warning)}</div>`);
  return [
    `<tr class="${outcome(report)}">`,
    `<th scope="row">${linked}</th>`,
    `<td class="verdict">${escape(verdictText(report))}${notes.join('')}</td>`,
    `<td class="number">${grouped(report.executions)}</td>`,
    `<td class="number">${grouped(report.failing)}</td>`,
    `<td>${escape(strategyText(report))}</td>`,
    '</tr>',
  ].join('');
}

function summaryTable(reports: readonly Report[]): string {
  const head = ['scenario', 'verdict', 'executions', 'failing', 'strategy']
    .map((title) => `<th scope="col">${title}</th>`)
    .join('');
  return `<div class="wide"><table class="summary">
<thead><tr>${head}</tr></thead>
<tbody>
${reports.map(summaryRow).join('\n')}
</tbody></table></div>`;
}

function stepCell(row: StepRow): string {
  const mark = row.mark === '' ? '' : ` <strong>&lt;-- ${escape(row.mark)}</strong>`;
  const notes = row.notes === '' ? '' : `<div class="note"># ${escape(row.notes)}</div>`;
  return `<td class="op"><code>${escape(row.text)}</code>${mark}${notes}</td>`;
}

function stepRow(row: Row, threads: readonly string[]): string {
  const columns = threads.length;
  if (row.type === 'gap') {
    const by = row.threads.map(([thread, steps]) => `${thread} ${steps}`).join(', ');
    const text = `${count(row.steps, 'step')} left out: ${by}`;
    const notes = row.notes.map((note) => {
      return `<div class="note">${escape(`${note.thread}: # ${note.text}`)}</div>`;
    });
    const content = escape(text) + notes.join('');
    return `<tr class="gap"><td>...</td><td colspan="${columns + 1}">${content}</td></tr>`;
  }
  const at = threads.indexOf(row.thread);
  const cells = threads.map((_thread, i) => (i === at ? stepCell(row) : '<td></td>'));
  const star = row.preempts ? '<abbr title="preemption">*</abbr>' : '';
  const kind = row.mark !== '' ? ' class="failing"' : row.preempts ? ' class="preempting"' : '';
  const place = `<td class="place">${escape(row.location)}</td>`;
  return `<tr${kind}><td class="number">${row.index}${star}</td>${cells.join('')}${place}</tr>`;
}

function executionTable(violation: Violation): string {
  const { events } = violation;
  const threads = threadsOf(events);
  const whole = events.length <= shownWhole;
  const kept = whole ? events.map(() => true) : keptSteps(events, violation);
  const mark = markOf(violation, events);
  const rows = rowsOf(events, kept, mark).map((row) => stepRow(row, threads));
  if (mark === '') {
    const text = escape(`<-- ${endText(violation)}`);
    const end = events.length === 0 ? 'start' : 'end';
    const cell = `<td colspan="${threads.length + 1}"><strong>${text}</strong></td>`;
    rows.push(`<tr class="failing"><td class="number">${end}</td>${cell}</tr>`);
  }
  const head = threads.map((thread) => `<th scope="col">${escape(thread)}</th>`).join('');
  return `<div class="wide"><table class="steps">
<thead><tr><th scope="col">step</th>${head}<th scope="col">at</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function failure(report: Report, violation: Violation, replayLine: ReplayLine): string {
  const { explanation } = violation;
  const details = renderDetails(violation, 120).map((line) => line.slice(2));
  return [
    '<article>',
    `<h3>${escape(violation.kind)}: ${escape(violation.message)}</h3>`,
    `<p>${escape(shapeLines(violation).join('; '))}</p>`,
    executionTable(violation),
    ...(details.length === 0 ? [] : [`<pre>${escape(details.join('\n'))}</pre>`]),
    ...(explanation === undefined
      ? []
      : explanationLines(explanation).map((line) => `<p>${escape(line)}</p>`)),
    '<p>To replay it:</p>',
    `<pre class="replay">${escape(replayLine(report, violation))}</pre>`,
    '</article>',
  ].join('\n');
}

function section(report: Report, i: number, replayLine: ReplayLine): string {
  if (report.violations.length === 0) return '';
  return [
    `<section id="s${i}">`,
    `<h2>${escape(report.scenario)}</h2>`,
    `<p>${escape(`${executionsText(report)}; ${searchText(report)}`)}</p>`,
    ...report.violations.map((violation) => failure(report, violation, replayLine)),
    '</section>',
  ].join('\n');
}

/** The reports as one page that needs nothing else: no script, no request. @internal */
export function renderHtml(reports: readonly Report[], replayLine: ReplayLine): string {
  const sections = reports.map((report, i) => section(report, i, replayLine));
  const only = reports.length === 1 ? reports[0] : undefined;
  const title = only === undefined ? totals(reports) : renderHeadline(only);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>qomcheck: ${escape(title)}</title>
<style>
${style}
</style>
</head>
<body>
<main>
<h1>qomcheck: ${escape(totals(reports))}</h1>
${summaryTable(reports)}
${sections.filter((text) => text !== '').join('\n')}
</main>
</body>
</html>
`;
}
