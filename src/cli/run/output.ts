import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Report } from '../../explore/report.js';
import { ascii } from '../../report/ascii.js';
import { renderHtml } from '../../report/html.js';
import { reportToJson } from '../../report/json.js';
import { renderJUnit } from '../../report/junit.js';
import { renderMarkdown } from '../../report/markdown.js';
import type { ReplayLine } from '../../report/replay-line.js';
import { renderFailure } from '../../report/text.js';
import { isFile } from '../catalogue/reference.js';
import { colorOf } from '../output/color.js';
import { checkWritable, writeWhole } from '../output/files.js';
import { annotate } from '../output/github.js';
import { replayLine } from '../output/replay-line.js';
import { type LineLayout, tally, verdictLines, violatedLines } from '../output/verdict-line.js';
import { Problem } from '../problem.js';
import { type Judged, mostWantedFirst } from '../result.js';
import type { ShardJson } from '../shard/document.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';
import type { RunValues } from './options.js';

const widestName = 56;

type Render = (reports: readonly Report[], replayLine: ReplayLine) => string;

interface Layout extends LineLayout {
  readonly color: boolean;
}

/** The options that say what is shown and written. */
export type OutputValues = Pick<
  RunValues,
  'json' | 'timings' | 'junit' | 'markdown' | 'html' | 'color' | 'no-color'
>;

/** Checks that what is to be written can be written. */
export function checkOutputs(values: OutputValues & Pick<RunValues, 'checkpoint'>): void {
  const paths = [values.checkpoint, values.junit, values.markdown, values.html].filter(
    (path) => path !== undefined,
  );
  paths.forEach((path, i) => {
    checkWritable(path);
    // A device such as /dev/null keeps nothing that could be lost.
    const lost = paths.slice(0, i).some((other) => resolve(other) === resolve(path));
    if (!lost || (existsSync(path) && !isFile(path))) return;
    const hint = 'give each a file of its own';
    throw new Problem('bad-value', `two options write to the same file "${path}"`, hint);
  });
}

/** Everything that `run` says: lines as results come in, then the failure reports and the files. */
export class Output {
  private readonly values: OutputValues;
  private readonly terminal: Terminal;
  private readonly results: Judged[] = [];
  private readonly planned: number;
  private readonly layout: Layout;
  private readonly replayLine: ReplayLine;

  /** @param names - of the scenarios whose results are going to be shown */
  constructor(values: OutputValues, terminal: Terminal, names: readonly string[]) {
    this.values = values;
    this.terminal = terminal;
    this.planned = names.length;
    this.replayLine = (report, { token }) => replayLine(terminal.self, report.scenario, token);
    const color = colorOf(values, terminal);
    this.layout = {
      nameWidth: Math.min(widestName, Math.max(0, ...names.map((name) => ascii(name).length))),
      width: widthOf(terminal),
      color,
      paint: paintFor(color),
    };
  }

  /** Shows the result of one scenario. */
  add(result: Judged): void {
    this.results.push(result);
    if (this.values.json !== true) {
      const lines = verdictLines(result, this.layout);
      this.terminal.out(lines.map((line) => `${line.trimEnd()}\n`).join(''));
    }
  }

  /** Shows what needs all results. */
  end(interrupted: boolean, shard?: ShardJson): void {
    const { terminal } = this;
    if (this.values.json === true) terminal.out(this.json(interrupted, shard));
    else this.text(interrupted);
    this.files();
  }

  private text(interrupted: boolean): void {
    const { results, terminal } = this;
    for (const result of results) {
      const { report } = result;
      for (const violation of mostWantedFirst(result)) {
        const line = this.replayLine(report, violation);
        const text = renderFailure({ report, violation, replayLine: line }, this.layout);
        terminal.out(`\n${text}\n`);
      }
    }
    const missing = this.planned - results.length;
    const rest = interrupted ? `; interrupted, ${missing} not explored` : '';
    if (this.planned === 1 && !interrupted) return;
    const above = results.length === 0 ? '' : '\n';
    const lines = [...violatedLines(results, this.layout.width), `${tally(results)}${rest}`];
    terminal.out(`${above}${lines.join('\n')}\n`);
  }

  private json(interrupted: boolean, shard: ShardJson | undefined): string {
    const { timings } = this.values;
    const reports = this.results.map(({ report, selected }) => ({
      ...reportToJson(report, { timings }),
      claim: selected.claim ?? null,
      difference: selected.difference ?? null,
    }));
    const document = { schemaVersion: 1, interrupted, reports, ...(shard && { shard }) };
    return `${JSON.stringify(document, null, 2)}\n`;
  }

  private files(): void {
    const { values, replayLine } = this;
    const reports = this.results.map((result) => ({
      ...result.report,
      violations: mostWantedFirst(result),
    }));
    const write = (path: string | undefined, render: Render): void => {
      if (path !== undefined) writeWhole(path, render(reports, replayLine));
    };
    write(values.junit, renderJUnit);
    write(values.markdown, renderMarkdown);
    write(values.html, renderHtml);
    annotate(reports, replayLine, this.terminal, { onLog: values.json === true });
  }
}
