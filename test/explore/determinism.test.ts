import { describe, expect, it } from 'vitest';
import { type ExploreOptions, explore, type Report, type Sim, scenario } from '../../src/index.js';

/** Explores with one execution, which is checked the most: made threads run one after the other in it. */
function once(setup: (sim: Sim) => void, options: ExploreOptions = {}): Report {
  return explore(scenario('s', setup), {
    strategy: 'dfs',
    seed: 1,
    maxExecutions: 1,
    stopAfter: Infinity,
    ...options,
  });
}

/** What the only violation says: that the scenario is not deterministic. */
function complaint(setup: (sim: Sim) => void): string {
  const { violations, complete } = once(setup);
  expect(violations.map(({ kind }) => kind)).toEqual(['nondeterminism']);
  expect(complete).toBe(false);
  return violations[0]?.message as string;
}

const choices = 'the same choices led to different behaviour';
const orders = 'two orders of the same trace led to different behaviour';

describe('the check of an execution', () => {
  it('should repeat the first as it was, then from either end, and then in orders of the seed', () => {
    const executed = (seed: number): string[] => {
      const runs: string[][] = [];
      const { verdict } = once(
        (sim) => {
          const run: string[] = [];
          runs.push(run);
          for (const name of ['A', 'B', 'C']) {
            const own = sim.atomic(name, 0);
            sim.thread(name, function* () {
              yield* own.store(1);
              run.push(name);
              yield* own.store(2);
              run.push(name);
            });
          }
        },
        { seed },
      );
      expect(verdict).toBe('passed');
      return runs.map((run) => run.join(''));
    };
    const runs = executed(1);
    expect(runs.slice(0, 5)).toEqual(['AABBCC', 'AABBCC', 'AABBCC', 'CCBBAA', 'AABBCC']);
    expect(runs).toHaveLength(7);
    expect(executed(1)).toEqual(runs);
    const others = new Set([1, 2, 3, 4].flatMap((seed) => executed(seed).slice(5)));
    expect(others.size).toBeGreaterThan(4);
    for (const order of others) expect(order.split('').sort().join('')).toBe('AABBCC');
  });

  it('should keep what depends on each other in order', () => {
    const runs: string[][] = [];
    once((sim) => {
      const run: string[] = [];
      runs.push(run);
      const x = sim.atomic('x', 0);
      const note = (what: string): void => void run.push(what);
      sim.thread('A', function* () {
        yield* x.store(1);
        note('a');
        const child = yield* sim.spawn('C', function* () {
          yield* sim.pause();
          note('c');
        });
        yield* child.join();
        note('j');
      });
      sim.thread('B', function* () {
        yield* x.load();
        note('b');
        yield* x.load();
        note('b');
      });
    });
    const texts = runs.map((run) => run.join(''));
    for (const text of texts) {
      expect(text.replaceAll('b', '')).toBe('acj');
      expect(text.replaceAll(/[cj]/g, '')).toBe('abb');
    }
    expect(new Set(texts).size).toBeGreaterThan(1);
  });

  it('should exchange reads of the same variable', () => {
    const value = complaint((sim) => {
      const x = sim.atomic('x', 0);
      let shared = 0;
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* x.load();
          if (++shared === 1) yield* sim.pause();
        });
      }
    });
    expect(value).toContain(orders);
  });

  it('should order nothing after the end of a thread that did nothing', () => {
    const { violations } = once((sim) => {
      const idle = sim.thread('A', function* () {});
      sim.thread('B', function* () {
        yield* idle.join();
      });
    });
    expect(violations).toEqual([]);
  });

  it('should go the last way where there are fewer in another order', () => {
    const { violations } = once(
      (sim) => {
        let others = 0;
        sim.thread('A', function* () {
          yield* sim.pause();
          others++;
        });
        sim.thread('B', function* () {
          yield* sim.pause();
          yield* sim.choose(2 + others);
        });
      },
      { maxExecutions: 3 },
    );
    expect(violations).toMatchObject([{ kind: 'nondeterminism' }]);
    expect(violations[0]?.message).toContain('of B was "choose (2)" and then "choose (1)"');
  });

  it('should say which operation of which thread was another one', () => {
    let runs = 0;
    const other = complaint((sim) => {
      const [x, y] = ['x', 'y'].map((name) => sim.atomic(name, 0));
      const odd = ++runs % 2 === 1;
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* x!.store(0);
          if (name === 'B') yield* (odd ? x : y)!.load();
        });
      }
    });
    expect(other).toBe(`${choices}: operation 2 of B was "load y (0)" and then "load x (0)"`);
  });

  it('should say which operation was missing', () => {
    let runs = 0;
    const missing = complaint((sim) => {
      const more = ++runs % 2 === 1;
      sim.thread('A', function* () {
        yield* sim.pause();
        if (more) yield* sim.pause();
      });
    });
    expect(missing).toBe(`${choices}: operation 2 of A was "nothing" and then "pause"`);
  });

  it('should compare how they end, too', () => {
    let runs = 0;
    const ending = complaint((sim) => {
      const last = ++runs === 3;
      sim.thread('A', function* () {
        yield* sim.pause();
      });
      sim.finally(() => sim.assert(!last, 'the second repetition'));
    });
    expect(ending).toBe(`${choices}: it ended differently`);
  });

  it('should notice an operation that only another order has', () => {
    const more = complaint((sim) => {
      let done = false;
      sim.thread('A', function* () {
        yield* sim.pause();
        done = true;
      });
      sim.thread('B', function* () {
        yield* sim.pause();
        if (!done) yield* sim.pause();
      });
    });
    expect(more).toBe(`${orders}: other operations were possible`);
  });

  it('should notice another value in another order', () => {
    const value = complaint((sim) => {
      let shared = 0;
      for (const name of ['A', 'B']) {
        const own = sim.atomic(name, 0);
        sim.thread(name, function* () {
          yield* own.load();
          yield* own.store(++shared);
        });
      }
    });
    expect(value).toMatch(
      /^two orders .*: operation 2 of [AB] was "store [AB] \([12]\)" and then /,
    );
  });
});
