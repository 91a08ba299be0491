import type { Report } from '../explore/report.js';
import { ascii } from './ascii.js';
import { count, grouped } from './numbers.js';

const exhaustive: ReadonlySet<string> = new Set(['dfs', 'dpor']);

/** ` within 2 preemptions`; empty without bounds. */
function withinBounds({ bounds }: Report): string {
  const parts: string[] = [];
  if (bounds.preemptions !== null) parts.push(count(bounds.preemptions, 'preemption'));
  if (bounds.delays !== null) parts.push(count(bounds.delays, 'delay'));
  return parts.length === 0 ? '' : ` within ${parts.join(' and ')}`;
}

/** The verdict in words, with the bounds beside it wherever it speaks of the whole space. @internal */
export function verdictText(report: Report): string {
  const bounds = withinBounds(report);
  switch (report.verdict) {
    case 'verified':
      return `verified${bounds}`;
    case 'passed':
      return exhaustive.has(report.strategy)
        ? `passed so far${bounds} (the budget ended before the search did)`
        : `passed (searched at random, not everywhere)`;
    case 'violated':
      return 'violated';
  }
}

/** `dfs within 2 preemptions, seed 7`: how was searched. @internal */
export function strategyText(report: Report): string {
  const seed = exhaustive.has(report.strategy) ? '' : `, seed ${ascii(String(report.seed))}`;
  return `${report.strategy}${withinBounds(report)}${seed}`;
}

/** `1 of 3 executions failed`, or how many executions there were. @internal */
export function executionsText(report: Report): string {
  const { executions, failing } = report;
  if (failing === 0) return count(executions, 'execution');
  const text = `${grouped(failing)} of ${count(executions, 'execution')} failed`;
  return report.complete ? `${text} (all explored${withinBounds(report)})` : text;
}

/**
 * One line: the scenario, what was found, how far the search looked and how.
 *
 * @internal
 */
export function renderHeadline(report: Report): string {
  const kinds = [...new Set(report.violations.map((violation) => violation.kind))];
  const found = kinds.length === 0 ? '' : `: ${kinds.join(', ')}`;
  return `${ascii(report.scenario)}: ${verdictText(report)}${found}; ${executionsText(report)}; ${strategyText(report)}`;
}
