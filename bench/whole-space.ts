import { Session } from '../src/engine/session.js';
import { OptimalDpor } from '../src/explore/dpor/dpor.js';
import { explore, type Scenario } from '../src/index.js';
import { run } from '../src/sim/run.js';
import { bareWalk } from './kit/bare.js';
import type { Bench } from './kit/bench.js';
import { cpuNow } from './kit/clock.js';
import { median, short } from './kit/numbers.js';
import { table } from './kit/table.js';
import { casw, inc, lastzero, type Pair, philosophers, readers } from './programs.js';

/** Programs with executions per second of Nidhugg's optimal DPOR and of GenMC, where bare generators resume 36 M times a second. */
const programs: readonly { pair: Pair; nidhugg: number; genmc: number }[] = [
  { pair: readers(13), nidhugg: 7_900, genmc: 46_700 },
  { pair: lastzero(10), nidhugg: 7_400, genmc: 15_300 },
  { pair: inc(5), nidhugg: 22_700, genmc: 83_300 },
  { pair: casw(5), nidhugg: 21_100, genmc: 103_400 },
  { pair: philosophers(12), nidhugg: 5_900, genmc: 7_400 },
];

/** What optimal DPOR keeps besides one execution. */
function peakWakeupNodes(scenario: Scenario): number {
  const session = new Session();
  const strategy = new OptimalDpor(session, (scheduler) => {
    run(scenario, scheduler, { session, haltAfter: Infinity });
  });
  for (let index = 0; strategy.begin(index); index++) {
    const { watch } = strategy;
    run(scenario, strategy, { session, haltAfter: Infinity, watch }).dispose();
  }
  return strategy.peakWakeupNodes;
}

/** Executions and steps per second of processor time over the whole space, once compiled. */
function wholeSpace(scenario: Scenario): { traces: number; rate: number; steps: number } {
  const rates: number[] = [];
  let traces = 0;
  let steps = 0;
  for (let round = 0; round < 4; round++) {
    const before = cpuNow();
    const report = explore(scenario, { strategy: 'dpor', seed: 1, stopAfter: Infinity });
    const seconds = (cpuNow() - before) / 1000;
    if (!report.complete) throw new Error(`${scenario.name} was not exhausted`);
    traces = report.executions;
    steps = report.steps;
    // The first round warms up.
    if (round > 0) rates.push(traces / seconds);
  }
  return { traces, rate: median(rates), steps };
}

async function bareRate(pair: Pair): Promise<number> {
  const walk = bareWalk(pair.bare, pair.locks);
  await walk.run(3_000);
  const before = cpuNow();
  const { steps } = await walk.run(20_000);
  return (steps / (cpuNow() - before)) * 1000;
}

export const wholeSpaces: Bench = {
  name: 'whole-space',
  title: 'optimal DPOR over all traces of programs of the literature',
  async run(print) {
    const rows: string[][] = [
      ['program', 'traces', 'executions/s', 'steps/s', 'of bare', 'x Nidhugg', 'x GenMC', 'nodes'],
    ];
    for (const { pair, nidhugg, genmc } of programs) {
      const { traces, rate, steps } = wholeSpace(pair.scenario);
      const stepRate = (rate * steps) / traces;
      rows.push([
        pair.scenario.name,
        String(traces),
        short(rate),
        short(stepRate),
        short(stepRate / (await bareRate(pair))),
        short(rate / nidhugg),
        short(rate / genmc),
        String(peakWakeupNodes(pair.scenario)),
      ]);
    }
    print(table(rows));
  },
};
