import type { Report } from '../../src/index.js';

/** A report of a search that found nothing, but for what the test changes. */
export function reportWith(change: Partial<Report>): Report {
  return {
    schemaVersion: 1,
    scenario: 'lost-update',
    strategy: 'dfs',
    seed: 7,
    bounds: { preemptions: null, delays: null },
    verdict: 'verified',
    complete: true,
    executions: 1_234_567,
    failing: 0,
    deadlocks: 0,
    redundant: 0,
    steps: 9,
    elapsedMs: 12.5,
    violations: [],
    unreached: [],
    warnings: [],
    ...change,
  };
}
