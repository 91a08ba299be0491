import { afterEach, describe, expect, it } from 'vitest';
import { search } from '../../src/explore/explore.js';
import type { Progress } from '../../src/explore/options.js';
import type { SavedSearch } from '../../src/explore/saved.js';
import {
  type ExploreOptions,
  explore,
  replay,
  type Scenario,
  type Sim,
  scenario,
} from '../../src/index.js';
import { exploreAll, strategyNames } from '../sim/support.js';

/** Two threads that add one so many times each, to different counters or to one. */
function adders(steps: number, shared: boolean): Scenario {
  return scenario('adders', (sim) => {
    const counters = ['x', 'y'].map((name) => sim.atomic(name, 0));
    for (const [i, name] of ['A', 'B'].entries()) {
      const counter = counters[shared ? 0 : i]!;
      sim.thread(name, function* () {
        for (let step = 0; step < steps; step++) yield* counter.fetchAdd(1);
      });
    }
  });
}

describe('the time of a search', () => {
  const realNow = performance.now.bind(performance);
  /** Milliseconds pass each time that somebody looks. */
  function pass(each: number): void {
    let time = 1_000_000;
    performance.now = () => (time += each);
  }
  afterEach(() => {
    performance.now = realNow;
  });

  const many = adders(6, true);

  it('should end it when its limit is over', () => {
    const after = (timeLimitMs: number): number =>
      explore(many, { seed: 1, strategy: 'dfs', timeLimitMs }).executions;
    pass(10);
    // It looks once at the beginning, and once after each execution.
    expect(after(100)).toBe(10);
    expect(after(101)).toBe(11);
    expect(after(1)).toBe(1);
    pass(300);
    expect(after(1000)).toBe(4);
    performance.now = realNow;
    expect(after(Infinity)).toBe(924);
  });

  it('should be told, also when it went on from another', () => {
    const options = { seed: 1, strategy: 'dfs' } as const;
    pass(7);
    expect(explore(many, options).elapsedMs).toBe(7);
    const { report, save } = search(many, { ...options, maxExecutions: 5 });
    expect(report.elapsedMs).toBe(7);
    const saved = save?.() as SavedSearch;
    expect(saved.elapsedMs).toBe(14);
    const { report: second } = search(many, { ...options, maxExecutions: 5 }, saved);
    expect([second.elapsedMs, second.executions]).toEqual([21, 10]);
  });

  it('should pass between calls of onProgress, with what was found by then', () => {
    pass(100);
    const told: Progress[] = [];
    const onProgress = (progress: Progress): void => void told.push(progress);
    const report = explore(many, { seed: 1, strategy: 'dfs', maxExecutions: 10, onProgress });
    expect(report.executions).toBe(10);
    // Each call looks at the time, too.
    expect(told).toEqual([
      { executions: 3, failing: 0, steps: 36, elapsedMs: 400 },
      { executions: 5, failing: 0, steps: 60, elapsedMs: 700 },
      { executions: 7, failing: 0, steps: 84, elapsedMs: 1000 },
      { executions: 9, failing: 0, steps: 108, elapsedMs: 1300 },
    ]);
  });

  it('should be over when onProgress returns false, and only then', () => {
    pass(1000);
    let calls = 0;
    const until = (last: number) => () => ++calls < last;
    const options: ExploreOptions = { seed: 1, strategy: 'dfs', maxExecutions: 10 };
    const { executions, verdict } = explore(many, { ...options, onProgress: until(4) });
    expect([executions, verdict]).toEqual([4, 'passed']);
    expect(explore(many, { ...options, onProgress: () => undefined }).executions).toBe(10);
  });
});

describe('a report', () => {
  it.each(strategyNames)('should say the depth for pct only: %s', (strategy) => {
    const { bounds } = explore(adders(1, true), { strategy, seed: 1, maxExecutions: 3 });
    const none = { preemptions: null, delays: null };
    expect(bounds).toEqual(strategy === 'pct' ? { ...none, depth: 3 } : none);
  });

  it('should count what was cut because it was explored before', () => {
    const report = explore(adders(3, false), { seed: 1, preemptions: 9 });
    expect(report.executions).toBe(1);
    expect(report.redundant).toBeGreaterThan(0);
  });

  it('should not have more failing executions than executions', () => {
    const both = scenario('both', (sim) => {
      const [x, y] = ['x', 'y'].map((name) => sim.atomic(name, 0));
      sim.invariant('not both', () => x?.peek() === 0 || y?.peek() === 0);
      sim.thread('A', function* () {
        yield* x!.store(1);
      });
      sim.thread('B', function* () {
        yield* y!.store(1);
      });
    });
    // The second order is the same trace, and found only because the invariant fails at another step.
    for (const bound of [{ preemptions: 2 }, {}]) {
      const report = explore(both, { seed: 1, ...bound, stopAfter: Infinity });
      expect(report).toMatchObject({ executions: 2, failing: 2, redundant: 0 });
      expect(report.violations.map(({ thread }) => thread).sort()).toEqual(['A', 'B']);
    }
  });
});

describe('a saved search', () => {
  it.each<ExploreOptions>([{}, { preemptions: 2 }, { strategy: 'dfs' }])(
    'should know its last execution with %o',
    (options) => {
      const example = adders(3, true);
      const { save } = search(example, { ...options, seed: 1, maxExecutions: 4 });
      expect(replay(example, save?.().last as string)).toMatchObject({ steps: 6 });
    },
  );

  it('should know which way the last execution went', () => {
    const chooses = scenario('chooses', (sim) => {
      sim.thread('A', function* () {
        for (let i = yield* sim.choose(4); i > 0; i--) yield* sim.pause();
      });
    });
    const { save } = search(chooses, { seed: 1, maxExecutions: 3 });
    expect(replay(chooses, save?.().last as string)).toMatchObject({ steps: 3 });
  });

  it('should remember what was reached', () => {
    const labels = scenario('labels', (sim) => {
      const reached = ['first', 'last', 'never'].map((label) => sim.reachable(label));
      sim.thread('A', function* () {
        reached[yield* sim.choose(2)]?.();
      });
    });
    const { report, save } = search(labels, { seed: 1, maxExecutions: 1 });
    expect(report.unreached).toEqual(['last', 'never']);
    const saved = JSON.parse(JSON.stringify(save?.())) as SavedSearch;
    expect(search(labels, { seed: 1 }, saved).report.unreached).toEqual(['never']);
  });
});

describe('what differs between executions', () => {
  it.each([
    ['nothing', () => undefined],
    ['another violation of its kind', (sim: Sim) => sim.fail('other')],
    [
      'a violation of another kind',
      () => {
        throw new Error('other');
      },
    ],
  ])('should be found when a violation is repeated and there is %s', (_what, later) => {
    let runs = 0;
    const once = scenario('once', (sim) => {
      const run = ++runs;
      sim.thread('A', function* () {
        yield* sim.pause();
        if (run > 1) later(sim);
        sim.assert(run > 1, 'first');
      });
    });
    const report = explore(once, { seed: 1 });
    expect(report).toMatchObject({ verdict: 'violated', executions: 1, failing: 1, steps: 1 });
    expect(report.violations).toMatchObject([{ kind: 'nondeterminism', steps: 1 }]);
    expect(report.violations[0]?.message).toBe(
      'the assertion "first" did not occur again after the same choices',
    );
  });

  it('should be counted as one execution that failed', () => {
    const flips = (after: number, fails: boolean): Scenario => {
      let runs = 0;
      return scenario('flips', (sim) => {
        const flipped = ++runs > after && runs % 2 === 0;
        const x = sim.atomic('x', 0);
        for (const name of ['A', 'B', 'C']) {
          sim.thread(name, function* () {
            yield* flipped ? x.load() : x.store(1);
            yield* sim.pause();
            if (fails) sim.fail('always');
          });
        }
      });
    };
    const limits = { seed: 1, stopAfter: Infinity, maxExecutions: 50 };
    const counts = (after: number, fails: boolean, options: ExploreOptions): unknown => {
      const { executions, failing, violations } = explore(flips(after, fails), {
        ...limits,
        ...options,
      });
      return [executions, failing, violations.at(-1)?.kind, violations.at(-1)?.events.length];
    };
    // Before the search, in its first execution, and in one that had come to a step that was another one before.
    expect(counts(0, false, { strategy: 'pct' })).toEqual([1, 1, 'nondeterminism', 0]);
    expect(counts(0, false, { strategy: 'dfs' })).toEqual([1, 1, 'nondeterminism', 6]);
    expect(counts(0, true, { strategy: 'dfs' })).toEqual([1, 1, 'nondeterminism', 6]);
    // The checks of the first repeat it 6 times, those of the next three 3 times, those of the 5th, 9th and 17th twice.
    expect(counts(40, false, { strategy: 'dfs' })).toEqual([21, 1, 'nondeterminism', 0]);
  });
});

describe('options of a search', () => {
  it('should decide how long executions may be, when violations are repeated as well', () => {
    const report = exploreAll(
      (sim) => {
        sim.thread('A', function* () {
          for (;;) yield* sim.pause();
        });
      },
      { maxSteps: 25 },
    );
    expect(report).toMatchObject({ complete: true, executions: 1, failing: 1 });
    expect(report.violations).toMatchObject([{ kind: 'livelock', steps: 25 }]);
    expect(report.violations[0]?.events).toHaveLength(25);
  });
});
