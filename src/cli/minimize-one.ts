import { labelsOf } from '../../properties/index.js';
import type { Report } from '../explore/report.js';
import { ReplayError } from '../replay/replay.js';
import type { Violation } from '../replay/violation.js';
import { grouped } from '../report/numbers.js';
import { type Minimized, minimize } from '../shrink/minimize.js';
import type { MinimizeOptions } from '../shrink/options.js';
import type { Scenario } from '../sim/scenario.js';
import { asProblem } from './explore-one.js';
import type { Terminal } from './terminal.js';

/**
 * Which violations are minimised because they were found, and not because someone asked: all of them, for about a second each; of each
 * kind the one that is simplest already, for a fraction of that; or none.
 */
export type Simplify = 'all' | 'kinds' | 'none';

/** Executions for each violation; however long these are, the steps are limited too. The same on every machine. */
const mostExecutions = { all: 5000, kinds: 1000, none: 0 };
const mostSteps = { all: 500_000, kinds: 50_000, none: 0 };
const fewestExecutions = 100;

function budget({ steps }: Violation, which: Simplify): number {
  const affordable = Math.floor(mostSteps[which] / Math.max(1, steps));
  return Math.min(mostExecutions[which], Math.max(fewestExecutions, affordable));
}

/** Of each kind of failure, invariants told apart, the violation that takes the fewest preemptions, then the fewest steps. */
export function simplestOfKinds(violations: readonly Violation[]): Violation[] {
  const best = new Map<string, Violation>();
  for (const violation of violations) {
    const { kind, preemptions, steps } = violation;
    const key = [kind, ...labelsOf(violation)].join(' ');
    const other = best.get(key);
    const better =
      other === undefined ||
      preemptions < other.preemptions ||
      (preemptions === other.preemptions && steps < other.steps);
    if (better) best.set(key, violation);
  }
  return [...best.values()];
}

/** Minimises, shows progress and ends early when the user interrupts. */
export function minimizeOne(
  scenario: Scenario,
  violation: Violation,
  options: MinimizeOptions,
  terminal: Terminal,
): Minimized {
  const onProgress: MinimizeOptions['onProgress'] = ({ executions, preemptions, steps }) => {
    const best = `${grouped(preemptions)} preemptions, ${grouped(steps)} steps`;
    terminal.progress(`${scenario.name}: ${best} after ${grouped(executions)} executions`);
    return !terminal.interrupted();
  };
  return asProblem(scenario.name, () => minimize(scenario, violation, { ...options, onProgress }));
}

/** The violation of a result, with what is known about simpler executions. */
export function withMinimization(result: Minimized): Violation {
  const { violation, preemptions, steps, provenMinimal, executions } = result;
  return { ...violation, minimized: { preemptions, steps, provenMinimal, executions } };
}

/** For each violation of a report one as simple as a modest budget allows; undefined where there is none, or none is wanted. */
export function simplerOf(
  scenario: Scenario,
  report: Report,
  which: Simplify,
  terminal: Terminal,
): (Violation | undefined)[] {
  if (which === 'none' || terminal.interrupted()) return [];
  const wanted = new Set(which === 'all' ? report.violations : simplestOfKinds(report.violations));
  return report.violations.map((violation) => {
    if (violation.kind === 'nondeterminism' || !wanted.has(violation)) return undefined;
    const maxExecutions = budget(violation, which);
    const simple = attempt(() => minimizeOne(scenario, violation, { maxExecutions }, terminal));
    return simple === undefined ? undefined : withMinimization(simple);
  });
}

/**
 * The same report with simpler violations.
 *
 * Violations of the same kind and property at different places may have the same simplest execution. Only one is replaced by it
 * then, the one that was found in it if there is such a one: the others are kept as they were found, because their places are what
 * they tell.
 */
export function withSimpler(report: Report, simpler: readonly (Violation | undefined)[]): Report {
  const seen = new Set<string>();
  const found = new Set(report.violations.map(({ token }) => token));
  const violations = report.violations.map((violation, i) => {
    const simple = simpler[i];
    if (simple === undefined || seen.has(simple.token)) return violation;
    if (simple.token !== violation.token && found.has(simple.token)) return violation;
    seen.add(simple.token);
    return simple;
  });
  return { ...report, violations };
}

/** A violation that cannot be replayed (the scenario asks the outside world) is still a violation. */
function attempt(work: () => Minimized): Minimized | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReplayError) return undefined;
    throw error;
  }
}
