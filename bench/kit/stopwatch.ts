import { explore, type Scenario, type StrategyName, scenario } from '../../src/index.js';
import { cpuNow } from './clock.js';
import { optionsFor } from './harness.js';

/** What one search took. */
export interface Timing {
  /** The first execution alone. */
  readonly firstMs: number;
  /** The whole search. */
  readonly totalMs: number;
  /** An execution of the second half. */
  readonly steadyMs: number;
  readonly stepsPerExecution: number;
}

/**
 * Times single executions of a search by its set-ups, of which each execution has one.
 *
 * A search repeats executions 0 to 3 and those at powers of two, several times each, to see whether the scenario is deterministic.
 * That costs little in a search of thousands, and would be most of what one measures in a search of a few long executions. With
 * `executions` a power of two, none of the second half but its first is repeated: `steadyMs` is the mean of the rest.
 */
export function timeExecutions(
  measured: Scenario,
  strategy: StrategyName,
  executions: number,
): Timing {
  const begins: number[] = [];
  const watched = scenario(
    measured.name,
    (sim) => {
      begins.push(cpuNow());
      measured.setup(sim);
    },
    { maxSteps: measured.maxSteps },
  );
  // Not a full collection, for the reason given at `race`.
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
  const begun = cpuNow();
  const report = explore(watched, { ...optionsFor(strategy), maxExecutions: executions });
  const ended = cpuNow();
  if (report.executions !== executions) {
    throw new Error(`${strategy} found only ${report.executions} executions`);
  }
  const steady = Math.max(1, executions / 2 - 1);
  return {
    firstMs: (begins[1] ?? ended) - begun,
    totalMs: ended - begun,
    steadyMs: (ended - begins[begins.length - steady]!) / steady,
    stepsPerExecution: report.steps / executions,
  };
}
