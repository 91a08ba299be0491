import type { Scenario, StrategyName } from '../src/index.js';
import type { Bench } from './kit/bench.js';
import { strategies } from './kit/harness.js';
import { median, range, short } from './kit/numbers.js';
import { timeExecutions } from './kit/stopwatch.js';
import { table } from './kit/table.js';
import { conflictFree, underOneLock } from './programs.js';

const rounds = 5;
const measurementMs = 40;
/** There are no more with the shortest length under one lock. */
const mostExecutions = 1024;
const lengths = [12, 100, 1000];
const programs: readonly ((stepsPerThread: number) => Scenario)[] = [conflictFree, underOneLock];

/** A cost that grows with the square of the length shows as a cost per step that grows with the length. */
export const length: Bench = {
  name: 'length',
  title: 'cost of a step as executions grow longer: 3 threads of so many steps',
  run(print) {
    const heading = ['program', 'strategy', 'steps each', 'us/execution', 'ns/step', 'min – max'];
    const rows: string[][] = [];
    for (const program of programs) {
      for (const strategy of strategies) {
        rows.push(...measure(program, strategy));
      }
    }
    print(table([[...heading, `against ${lengths[0]!}`], ...rows]));
  },
};

/** How many executions fill a measurement: a power of two, as `timeExecutions` asks for. Also the warm-up. */
function executionsFor(scenario: Scenario, strategy: StrategyName): number {
  let executions = 8;
  while (executions < mostExecutions) {
    if (timeExecutions(scenario, strategy, executions).totalMs >= measurementMs) break;
    executions *= 2;
  }
  return executions;
}

function measure(
  program: (stepsPerThread: number) => Scenario,
  strategy: StrategyName,
): string[][] {
  const lanes = lengths.map(program).map((scenario) => ({
    scenario,
    executions: executionsFor(scenario, strategy),
    stepsPerExecution: 0,
    nsPerStep: [] as number[],
  }));
  // In turns, for the reason given at `race`.
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes) {
      const timing = timeExecutions(lane.scenario, strategy, lane.executions);
      lane.stepsPerExecution = timing.stepsPerExecution;
      lane.nsPerStep.push((timing.steadyMs * 1e6) / timing.stepsPerExecution);
    }
  }
  const shortest = median(lanes[0]!.nsPerStep);
  return lanes.map(({ scenario, stepsPerExecution, nsPerStep }) => {
    const ns = median(nsPerStep);
    return [
      scenario.name,
      strategy,
      short(stepsPerExecution),
      short((ns * stepsPerExecution) / 1000),
      short(ns),
      range(nsPerStep),
      short(ns / shortest),
    ];
  });
}
