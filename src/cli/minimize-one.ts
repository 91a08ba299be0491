import type { Report } from '../explore/report.js';
import { ReplayError } from '../replay/replay.js';
import type { Violation } from '../replay/violation.js';
import { grouped } from '../report/numbers.js';
import { type Minimized, minimize } from '../shrink/minimize.js';
import type { MinimizeOptions } from '../shrink/options.js';
import type { Scenario } from '../sim/scenario.js';
import { asProblem } from './explore-one.js';
import type { Terminal } from './terminal.js';

/** About a second of work for each violation, however long its executions are; the same on every machine. */
const mostExecutions = 5000;
const fewestExecutions = 100;
const mostSteps = 500_000;

/** The budget for a violation that is minimised because it was found, and not because someone asked. */
function modestBudget({ steps }: Violation): number {
  const affordable = Math.floor(mostSteps / Math.max(1, steps));
  return Math.min(mostExecutions, Math.max(fewestExecutions, affordable));
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

/** For each violation of a report one as simple as a modest budget allows; undefined where there is none. */
export function simplerOf(
  scenario: Scenario,
  report: Report,
  terminal: Terminal,
): (Violation | undefined)[] {
  return report.violations.map((violation) => {
    if (violation.kind === 'nondeterminism') return undefined;
    const maxExecutions = modestBudget(violation);
    const simple = attempt(() => minimizeOne(scenario, violation, { maxExecutions }, terminal));
    return simple === undefined ? undefined : withMinimization(simple);
  });
}

/**
 * The same report with simpler violations.
 *
 * Violations of the same kind and property at different places may have the same simplest execution. Only the first is replaced by
 * it then: the others are kept as they were found, because their places are what they tell.
 */
export function withSimpler(report: Report, simpler: readonly (Violation | undefined)[]): Report {
  const seen = new Set<string>();
  const violations = report.violations.map((violation, i) => {
    const simple = simpler[i];
    if (simple === undefined || seen.has(simple.token)) return violation;
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
