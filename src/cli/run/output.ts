import type { Report } from '../../explore/report.js';
import { renderHtml } from '../../report/html.js';
import { reportToJson } from '../../report/json.js';
import { renderJUnit } from '../../report/junit.js';
import { renderMarkdown } from '../../report/markdown.js';
import type { ReplayLine } from '../../report/replay-line.js';
import { renderFailure } from '../../report/text.js';
import type { Selected } from '../catalogue/selected.js';
import { colorOf } from '../output/color.js';
import { checkWritable, writeWhole } from '../output/files.js';
import { annotate } from '../output/github.js';
import { replayLine } from '../output/replay-line.js';
import { type LineLayout, tally, verdictLines, verdictWidth } from '../output/verdict-line.js';
import type { Result } from '../result.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';
import type { RunValues } from './options.js';
import type { Planned } from './plan.js';

const widestName = 56;

type Render = (reports: readonly Report[], replayLine: ReplayLine) => string;

interface Layout extends LineLayout {
  readonly color: boolean;
}

/** Checks that what `run` is to write can be written. */
export function checkOutputs(values: RunValues): void {
  for (const path of [values.checkpoint, values.junit, values.markdown, values.html]) {
    if (path !== undefined) checkWritable(path);
  }
}

/** Everything that `run` says: lines as results come in, then the failure reports and the files. */
export class Output {
  private readonly values: RunValues;
  private readonly terminal: Terminal;
  private readonly results: Result[] = [];
  private readonly planned: number;
  private readonly layout: Layout;
  private readonly replayLine: ReplayLine;

  constructor(values: RunValues, terminal: Terminal, planned: readonly Planned[]) {
    this.values = values;
    this.terminal = terminal;
    this.planned = planned.length;
    this.replayLine = (report, { token }) => replayLine(terminal.self, report.scenario, token);
    const names = planned.map(({ selected }) => selected.scenario.name.length);
    const color = colorOf(values, terminal);
    const bounded = planned.some(
      ({ options }) => options.preemptions !== undefined || options.delays !== undefined,
    );
    this.layout = {
      verdictWidth: verdictWidth(bounded),
      nameWidth: Math.min(widestName, Math.max(0, ...names)),
      width: widthOf(terminal),
      color,
      paint: paintFor(color),
    };
  }

  /** Shows the result of one scenario. */
  add(selected: Selected, report: Report): Result {
    const result = { selected, report };
    this.results.push(result);
    if (this.values.json !== true) {
      const lines = verdictLines(result, this.layout);
      this.terminal.out(lines.map((line) => `${line.trimEnd()}\n`).join(''));
    }
    return result;
  }

  /** Shows what needs all results. */
  end(interrupted: boolean): void {
    const { terminal } = this;
    if (this.values.json === true) terminal.out(this.json(interrupted));
    else this.text(interrupted);
    this.files();
  }

  private text(interrupted: boolean): void {
    const { results, terminal } = this;
    for (const { report } of results) {
      for (const violation of report.violations) {
        const line = this.replayLine(report, violation);
        const text = renderFailure({ report, violation, replayLine: line }, this.layout);
        terminal.out(`\n${text}\n`);
      }
    }
    const missing = this.planned - results.length;
    const rest = interrupted ? `; interrupted, ${missing} not explored` : '';
    if (this.planned !== 1 || interrupted) terminal.out(`\n${tally(results)}${rest}\n`);
  }

  private json(interrupted: boolean): string {
    const { timings } = this.values;
    const reports = this.results.map(({ report, selected }) => ({
      ...reportToJson(report, { timings }),
      claim: selected.claim ?? null,
      difference: selected.difference ?? null,
    }));
    return `${JSON.stringify({ schemaVersion: 1, interrupted, reports }, null, 2)}\n`;
  }

  private files(): void {
    const { values, replayLine } = this;
    const reports = this.results.map(({ report }) => report);
    const write = (path: string | undefined, render: Render): void => {
      if (path !== undefined) writeWhole(path, render(reports, replayLine));
    };
    write(values.junit, renderJUnit);
    write(values.markdown, renderMarkdown);
    write(values.html, renderHtml);
    annotate(reports, replayLine, this.terminal, { onLog: values.json === true });
  }
}
