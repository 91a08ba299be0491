import fc, { type Scheduler } from 'fast-check';
import { type Atomic, type Routine, type Scenario, scenario } from '../src/index.js';
import { type BareThread, bareWalk } from './kit/bare.js';
import type { Bench } from './kit/bench.js';
import { exploring, strategies } from './kit/harness.js';
import { median, range, short } from './kit/numbers.js';
import { type Contender, race, ratio, type Work } from './kit/race.js';
import { table } from './kit/table.js';

const threads = 3;
const incrementsPerThread = 10;
const stepsPerExecution = threads * incrementsPerThread * 2;

/** Written as in the documentation: the bodies of threads inside set-up. */
const inside: Scenario = scenario('increments', (sim) => {
  const x = sim.atomic('x', 0);
  for (let i = 0; i < threads; i++) {
    sim.thread(`T${i}`, function* () {
      for (let n = 0; n < incrementsPerThread; n++) {
        const seen = yield* x.load();
        yield* x.store(seen + 1);
      }
    });
  }
});

/** The same with one generator function that is made once, as the other contenders have it. */
const outside: Scenario = scenario('increments', (sim) => {
  const x = sim.atomic('x', 0);
  for (let i = 0; i < threads; i++) sim.thread(`T${i}`, () => increments(x));
});

function* increments(x: Atomic<number>): Routine {
  for (let n = 0; n < incrementsPerThread; n++) {
    const seen = yield* x.load();
    yield* x.store(seen + 1);
  }
}

interface Shared {
  x: number;
  /** Accesses so far. */
  steps: number;
}

function* bareThread(shared: { x: number }): BareThread {
  for (let n = 0; n < incrementsPerThread; n++) {
    yield undefined;
    const seen = shared.x;
    yield undefined;
    shared.x = seen + 1;
  }
}

/**
 * For fast-check: an access is what follows a scheduled promise. The promise has no value, since fast-check turns values into text
 * for its report at once, which would take much of the time.
 */
async function asyncThread(s: Scheduler, shared: Shared): Promise<void> {
  for (let n = 0; n < incrementsPerThread; n++) {
    await s.schedule(Promise.resolve(), 'load');
    const seen = shared.x;
    shared.steps++;
    await s.schedule(Promise.resolve(), 'store');
    shared.x = seen + 1;
    shared.steps++;
  }
}

const schedulersPerSample = 100;

/** Schedulers come from `fc.sample` a hundred at a time: a little faster than `fc.check` with an asynchronous property. */
function fastCheck(name: string, drive: (s: Scheduler) => Promise<void>): Contender {
  let seed = 0;
  return {
    name,
    async run(executions): Promise<Work> {
      let steps = 0;
      for (let done = 0; done < executions; done += schedulersPerSample) {
        const numRuns = Math.min(schedulersPerSample, executions - done);
        for (const s of fc.sample(fc.scheduler(), { seed: seed++, numRuns })) {
          const shared: Shared = { x: 0, steps: 0 };
          const all: Promise<void>[] = [];
          for (let i = 0; i < threads; i++) all.push(asyncThread(s, shared));
          await drive(s);
          await Promise.all(all);
          steps += shared.steps;
        }
      }
      return { executions, steps };
    },
  };
}

export const randomWalk: Bench = {
  name: 'random-walk',
  title: `steps per second: ${threads} threads x ${incrementsPerThread} x (load; store)`,
  async run(print) {
    const contenders: Contender[] = [
      { ...exploring(outside, 'random'), name: 'random' },
      { ...exploring(inside, 'random'), name: 'random, bodies in set-up' },
      fastCheck('fast-check waitIdle', (s) => s.waitIdle()),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- faster than what replaced it
      fastCheck('fast-check waitAll', (s) => s.waitAll()),
      bareWalk(() => {
        const shared = { x: 0 };
        return Array.from({ length: threads }, () => bareThread(shared));
      }),
      ...strategies
        .filter((strategy) => strategy !== 'random')
        .map((strategy) => exploring(outside, strategy)),
    ];
    for (const contender of contenders) {
      const { steps } = await contender.run(3);
      if (steps !== 3 * stepsPerExecution) {
        throw new Error(`${contender.name} takes ${steps} steps`);
      }
    }
    const lanes = await race(contenders, { rounds: 9 });
    const [walk] = lanes;
    const rows = lanes.map(({ name, stepsPerSecond }) => {
      const times = ratio(walk!.stepsPerSecond, stepsPerSecond);
      const middle = median(stepsPerSecond);
      return [
        name,
        short(middle),
        range(stepsPerSecond),
        short(1e9 / middle),
        short(times.median),
        range(times.all),
      ];
    });
    const heading = ['', 'steps/s', 'min – max', 'ns/step', 'random is x times', 'min – max'];
    print(table([heading, ...rows]));
  },
};
