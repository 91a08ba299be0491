import { appendFileSync } from 'node:fs';
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
  const { GITHUB_ACTIONS: actions, GITHUB_STEP_SUMMARY: summary } = terminal.env;
  if (actions !== 'true') return;
  const lines = githubAnnotations(reports, replayLine).map((line) => `${line}\n`);
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
