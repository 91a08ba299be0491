import { strategyNames } from '../../src/explore/options.js';
import { type ExploreOptions, explore, type Scenario, type StrategyName } from '../../src/index.js';
import type { Contender, Work } from './race.js';

/** Every strategy there is, so that a new one appears in the tables by itself. */
export const strategies: readonly StrategyName[] = strategyNames;

/** What `explore` is asked for in all benchmarks: never to stop at a failure, and the same work in each round. */
export function optionsFor(strategy: StrategyName): ExploreOptions {
  return { strategy, seed: 1, stopAfter: Infinity };
}

/** `explore` with a strategy; a space that is exhausted is explored again. */
export function exploring(scenario: Scenario, strategy: StrategyName): Contender {
  return {
    name: strategy,
    run(amount): Work {
      let executions = 0;
      let steps = 0;
      while (executions < amount) {
        const report = explore(scenario, {
          ...optionsFor(strategy),
          maxExecutions: amount - executions,
        });
        if (report.executions === 0) throw new Error(`${strategy} explores nothing`);
        executions += report.executions;
        steps += report.steps;
      }
      return { executions, steps };
    },
  };
}
