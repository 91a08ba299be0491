import type { ExploreOptions } from '../../../src/index.js';
import { cumulative, exploreTraces, type Result } from '../brute.js';
import type { Program } from '../program.js';
import {
  type Agreement,
  Differences,
  expectedViolations,
  guarded,
  judgeViolations,
  search,
  violationsOf,
} from './agreement.js';

const bounds = [0, 1, 2, 3];

/**
 * Compares the search for every interleaving with brute force, and the bounded ones too.
 *
 * @param limit - of interleavings that the search may have to go through; with a bound it is spared what has more
 */
export function compareDfs(program: Program, limit = 4000): Agreement {
  const brute = exploreTraces(program, { schedules: true, limit: 5 * limit });
  if (brute === 'too large') return { kind: 'too large' };
  if (Math.min(...schedulesWithin(brute, 0)) > limit) return { kind: 'too large' };
  return guarded(() => compare(program, brute, limit));
}

function compare(program: Program, brute: Result, limit: number): Agreement {
  const differ = new Differences();
  if (brute.interleavings <= limit) everything(differ, program, brute);
  for (const bound of bounds) {
    const [preempted, delayed] = schedulesWithin(brute, bound);
    if (preempted !== undefined && preempted <= limit) {
      const options = { preemptions: bound };
      within(differ, program, brute, options, preempted, bound);
    }
    if (delayed !== undefined && delayed <= limit) {
      within(differ, program, brute, { delays: bound }, delayed, undefined);
    }
  }
  return differ.agreement(brute.interleavings);
}

/** How many schedules have at most so many preemptions, and, where that is known, at most so many delays. */
function schedulesWithin(brute: Result, bound: number): number[] {
  const { schedulesByPreemptions = [], schedulesByDelays } = brute;
  return [schedulesByPreemptions, schedulesByDelays].flatMap((exact) => {
    if (exact === undefined) return [];
    const counts = cumulative(exact);
    return [counts[Math.min(bound, counts.length - 1)] ?? 0];
  });
}

function everything(differ: Differences, program: Program, brute: Result): void {
  const { report, finals } = search(program, {
    strategy: 'dfs',
    maxExecutions: brute.interleavings + 1,
  });
  differ.same('interleavings', report.executions, brute.interleavings);
  differ.same('complete', report.complete, true);
  differ.same('violations', violationsOf(report), expectedViolations(brute));
  differ.same('final states', finals, brute.finals);
  judgeViolations(differ, 'violations', report, brute);
}

function within(
  differ: Differences,
  program: Program,
  brute: Result,
  options: ExploreOptions,
  schedules: number,
  preemptions: number | undefined,
): void {
  const maxExecutions = schedules + 1;
  const { report } = search(program, { strategy: 'dfs', ...options, maxExecutions });
  const prefix = `within ${JSON.stringify(options)}, `;
  differ.same(`${prefix}schedules`, report.executions, schedules);
  differ.same(`${prefix}complete`, report.complete, true);
  judgeViolations(differ, `${prefix}violations`, report, brute);
  if (preemptions === undefined) return;
  differ.same(`${prefix}violations`, violationsOf(report), expectedViolations(brute, preemptions));
}
