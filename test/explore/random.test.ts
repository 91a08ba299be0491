import { describe, expect, it } from 'vitest';
import { explore, type Scenario, scenario } from '../../src/index.js';
import { doing, randomised } from '../sim/support.js';
import { near, orderOf, orders } from './chances.js';

const philosophers = (n: number): Scenario =>
  scenario(`philosophers(${n})`, (sim) => {
    const forks = Array.from({ length: n }, (_, i) => sim.mutex(`f${i}`));
    forks.forEach((left, i) => {
      const right = forks[(i + 1) % n]!;
      sim.thread(
        `P${i}`,
        doing(
          () => left.lock(),
          () => right.lock(),
          () => right.unlock(),
          () => left.unlock(),
        ),
      );
    });
  });

describe('random', () => {
  it.each([
    [2, 1 / 2],
    [3, 1 / 3],
    [4, 0.229167],
  ])('should hit the deadlock of %i philosophers with probability %f', (n, probability) => {
    const trials = 4000;
    const report = explore(philosophers(n), {
      strategy: 'random',
      seed: 'philosophers',
      maxExecutions: trials,
      stopAfter: Infinity,
    });
    const { least, most } = near(probability, trials);
    expect(report.executions).toBe(trials);
    expect(report.deadlocks).toBeGreaterThan(least);
    expect(report.deadlocks).toBeLessThan(most);
  });

  it('should choose every value equally often', () => {
    const trials = 6000;
    for (let value = 0; value < 3; value++) {
      const report = explore(
        scenario('three ways', (sim) => {
          sim.thread('A', function* () {
            sim.assert((yield* sim.choose(3)) !== value, 'chosen');
          });
        }),
        { strategy: 'random', seed: 5, maxExecutions: trials, stopAfter: Infinity },
      );
      const { least, most } = near(1 / 3, trials);
      expect(report.failing).toBeGreaterThan(least);
      expect(report.failing).toBeLessThan(most);
    }
  });

  it('should not prefer any thread', () => {
    const trials = 6000;
    const report = explore(
      scenario('first', (sim) => {
        const first = sim.atomic('first', '');
        for (const name of ['A', 'B', 'C'])
          sim.thread(
            name,
            doing(() => first.compareExchange('', name)),
          );
        sim.finally(() => sim.assert(first.peek() !== 'B', 'B is first'));
      }),
      { strategy: 'random', seed: 3, maxExecutions: trials, stopAfter: Infinity },
    );
    const { least, most } = near(1 / 3, trials);
    expect(report.failing).toBeGreaterThan(least);
    expect(report.failing).toBeLessThan(most);
  });
});

describe.each(randomised)('seeds of %s', (strategy) => {
  const run = (seed: string | number, maxExecutions: number) =>
    explore(philosophers(3), { strategy, seed, maxExecutions, stopAfter: Infinity });
  const text = (report: object): string => JSON.stringify({ ...report, elapsedMs: 0 });

  it('should give the same report, byte for byte', () => {
    for (const seed of [0, 1, -1, 0.5, 1e300, '', 'a seed', '1']) {
      expect(text(run(seed, 50))).toBe(text(run(seed, 50)));
    }
  });

  it('should differ from each other, numbers from text too', () => {
    const order = (seed: string | number): string => {
      const report = explore(
        scenario('long', (sim) => {
          for (const name of ['A', 'B', 'C']) {
            sim.thread(name, doing(...Array.from({ length: 10 }, () => () => sim.pause())));
          }
          sim.finally(() => sim.fail('end'));
        }),
        { strategy, seed },
      );
      return report.violations[0]!.events.map(({ thread }) => thread).join('');
    };
    const seeds = [0, 1, 2, 3, '0', '1', '2', '3', ''];
    expect(new Set(seeds.map(order)).size).toBe(seeds.length);
  });

  it('should make execution i depend on nothing but the seed and i', () => {
    const long = run(11, 400);
    const failing: number[] = [];
    for (let count = 1; count <= 30; count++) failing.push(run(11, count).failing);
    // What fails among the first i does not depend on how many come after.
    failing.reduce((before, now) => {
      expect(now - before).toBeGreaterThanOrEqual(0);
      expect(now - before).toBeLessThanOrEqual(1);
      return now;
    }, 0);
    // Nor does what is found first depend on whether the search goes on.
    const stopped = explore(philosophers(3), { strategy, seed: 11, maxExecutions: 400 });
    expect(stopped.violations[0]?.token).toBe(long.violations[0]?.token);
    expect(failing[stopped.executions - 1] ?? 1).toBe(1);
  });

  it('should give execution i in a search that begins with it', () => {
    const executions = Array.from({ length: 40 }, (_, i) => orderOf(strategy, i));
    const report = explore(orders, {
      strategy,
      seed: 'order',
      maxExecutions: executions.length,
      stopAfter: Infinity,
    });
    expect(report.violations.map(({ property }) => property)).toEqual([...new Set(executions)]);
    expect(new Set(executions).size).toBeGreaterThan(10);
  });

  it('should be fresh and echoed when none is given', () => {
    const seeds = new Set<unknown>();
    for (let i = 0; i < 5; i++) {
      const report = explore(philosophers(2), { strategy, maxExecutions: 3, stopAfter: Infinity });
      seeds.add(report.seed);
      const again = explore(philosophers(2), {
        strategy,
        seed: report.seed,
        maxExecutions: 3,
        stopAfter: Infinity,
      });
      expect(text(again)).toBe(text(report));
    }
    expect(seeds.size).toBeGreaterThan(1);
  });
});
