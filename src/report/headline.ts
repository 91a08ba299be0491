import type { Report } from '../explore/report.js';
import { ascii } from './ascii.js';
import { count, grouped } from './numbers.js';
import { wasStopped } from './stopped.js';

/** Strategies that see every execution if they are given the time. @internal */
export const exhaustive: ReadonlySet<string> = new Set(['dfs', 'dpor']);

/** `within 2 preemptions`; empty without bounds. @internal */
export function boundsText({ bounds }: Report): string {
  const parts: string[] = [];
  if (bounds.preemptions !== null) parts.push(count(bounds.preemptions, 'preemption'));
  if (bounds.delays !== null) parts.push(count(bounds.delays, 'delay'));
  return parts.length === 0 ? '' : `within ${parts.join(' and ')}`;
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

/** The verdict in words, with the bounds beside it wherever it speaks of the whole space. @internal */
export function verdictText(report: Report): string {
  const bounds = boundsText(report);
  switch (report.verdict) {
    case 'verified':
      return joined('verified', bounds);
    case 'passed': {
      const stopped = wasStopped(report);
      if (!exhaustive.has(report.strategy)) {
        return `passed (a sample, ${stopped ? 'stopped before its budget ended' : 'not every execution'})`;
      }
      const ended = stopped
        ? 'stopped before the search ended'
        : 'the budget ended before the search';
      return joined('passed', bounds, `(${ended})`);
    }
    case 'violated': {
      const kinds = [...new Set(report.violations.map((violation) => violation.kind))];
      return joined('violated', kinds.length === 0 ? '' : `(${kinds.join(', ')})`);
    }
  }
}

/** `random, seed 7` or `pct, depth 3, seed 7`: how was searched, and with which seed where that decides what is seen. @internal */
export function strategyText(report: Report): string {
  return exhaustive.has(report.strategy) ? report.strategy : searchText(report);
}

/** Likewise with the seed in any case: it also decides what is sampled for nondeterminism. @internal */
export function searchText({ strategy, bounds, seed }: Report): string {
  const depth = bounds.depth === undefined ? '' : `, depth ${bounds.depth}`;
  return `${strategy}${depth}, seed ${ascii(String(seed))}`;
}

/** How many executions there were and failed, and whether these were all. @internal */
export function executionsText(report: Report): string {
  const { executions, failing } = report;
  if (failing === 0) return count(executions, 'execution');
  const failed = `${grouped(failing)} of ${grouped(executions)} executions failed`;
  const bounds = boundsText(report);
  if (report.complete) return joined(failed, `(all explored${bounds === '' ? '' : ` ${bounds}`})`);
  return bounds === '' ? failed : `${failed} (searched ${bounds})`;
}

/**
 * One line: the scenario, what was found, how far the search looked and how.
 *
 * @internal
 */
export function renderHeadline(report: Report): string {
  const parts = [verdictText(report), executionsText(report), strategyText(report)];
  return `${ascii(report.scenario)}: ${parts.join('; ')}`;
}
