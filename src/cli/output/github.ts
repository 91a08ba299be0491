import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Report } from '../../explore/report.js';
import { githubAnnotations, githubSummary } from '../../report/github.js';
import type { ReplayLine } from '../../report/replay-line.js';
import { reasonOf } from '../problem.js';
import type { Terminal } from '../terminal.js';

/** Under GitHub Actions, annotates the run and adds to its summary. GitHub reads annotations on both streams. */
export function annotate(
  reports: readonly Report[],
  replayLine: ReplayLine,
  terminal: Terminal,
  { onLog }: { onLog: boolean },
): void {
  const {
    GITHUB_ACTIONS: actions,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: workspace,
  } = terminal.env;
  if (actions !== 'true') return;
  const inRepository = (file: string): string => pathIn(workspace, file);
  const lines = githubAnnotations(reports, replayLine, inRepository).map((line) => `${line}\n`);
  const text = lines.join('');
  if (onLog) terminal.log(text);
  else terminal.out(text);
  if (summary === undefined || summary === '') return;
  try {
    appendFileSync(summary, `${githubSummary(reports, replayLine)}\n`);
  } catch (error) {
    terminal.log(`qomcheck: no step summary: ${reasonOf(error)}\n`);
  }
}

/** The path from a folder, where a file lies in it; else the path as it is. */
function pathIn(folder: string | undefined, file: string): string {
  if (folder === undefined || folder === '') return file;
  const path = relative(folder, resolve(file)).split(sep).join('/');
  return path.startsWith('../') ? file : path;
}
