import type { Bench } from './kit/bench.js';
import { strategies } from './kit/harness.js';
import { median, range, short } from './kit/numbers.js';
import { type Timing, timeExecutions } from './kit/stopwatch.js';
import { table } from './kit/table.js';
import { writers } from './programs.js';

const stepsPerThread = 50_000;
const rounds = 3;
const enoughMs = 3000;

export const long: Bench = {
  name: 'long',
  title: `one execution of ${2 * stepsPerThread} conflicting steps`,
  run(print) {
    const scenario = writers(stepsPerThread);
    const rows = strategies.map((strategy) => {
      const timings: Timing[] = [];
      // The first one is the warm-up, but that of a slow strategy has long been warm when it ends.
      const warmUp = timeExecutions(scenario, strategy, 1);
      if (warmUp.totalMs > enoughMs / 2) timings.push(warmUp);
      while (timings.length < rounds && sum(timings) < enoughMs) {
        timings.push(timeExecutions(scenario, strategy, 1));
      }
      const first = timings.map(({ firstMs }) => firstMs);
      const total = timings.map(({ totalMs }) => totalMs);
      const steps = timings[0]!.stepsPerExecution;
      return [
        strategy,
        short(median(first)),
        range(first),
        short((median(first) * 1e6) / steps),
        short(median(total)),
      ];
    });
    const heading = ['strategy', 'execution, ms', 'min – max', 'ns/step', 'with its checks, ms'];
    print(table([heading, ...rows]));
  },
};

function sum(timings: readonly Timing[]): number {
  return timings.reduce((total, { totalMs }) => total + totalMs, 0);
}
