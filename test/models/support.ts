import { type ExploreOptions, explore, type Report, type Sim, scenario } from '../../src/index.js';

/** Explores everything, past failures. */
export function exploreAll(setup: (sim: Sim) => void, options: ExploreOptions = {}): Report {
  return explore(scenario('under test', setup), { seed: 1, stopAfter: Infinity, ...options });
}

/** What is wrong, each once: `kind: property`. */
export function found(report: Report): string[] {
  return [...new Set(report.violations.map(({ kind, property }) => `${kind}: ${property}`))].sort();
}

/** What is wrong with a set-up whose whole space is explored and whose labels are all reached. */
export function wrongWith(setup: (sim: Sim) => void): string[] {
  const report = exploreAll(setup);
  if (!report.complete) throw new Error('not the whole space was explored');
  if (report.unreached.length > 0) throw new Error(`not reached: ${report.unreached.join(', ')}`);
  return found(report);
}
