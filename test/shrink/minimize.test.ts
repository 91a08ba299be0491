import { describe, expect, it, test } from 'vitest';
import {
  type ExploreOptions,
  explore,
  type Minimized,
  type MinimizeOptions,
  minimize,
  ReplayError,
  replay,
  type Scenario,
  type Sim,
  scenario,
  UsageError,
  type Violation,
} from '../../src/index.js';

/** A violation as a long random walk finds it. */
function find(subject: Scenario, options: ExploreOptions = {}): Violation {
  const report = explore(subject, { strategy: 'random', seed: 3, ...options });
  const [violation] = report.violations;
  if (violation === undefined) throw new Error(`nothing is wrong with ${subject.name}`);
  return violation;
}

function minimizeFound(subject: Scenario, options?: MinimizeOptions): Minimized {
  return minimize(subject, find(subject), options);
}

/** Threads that increment a counter in two steps, after doing something else for a while. */
const counter = (threads: number, busy: number): Scenario =>
  scenario(`counter(${threads},${busy})`, (sim) => {
    const x = sim.atomic('x', 0);
    for (let i = 0; i < threads; i++) {
      sim.thread(`T${i}`, function* () {
        for (let k = 0; k < busy; k++) yield* sim.pause();
        const seen = yield* x.load();
        yield* x.store(seen + 1);
        for (let k = 0; k < busy; k++) yield* sim.pause();
      });
    }
    sim.finally(() => {
      sim.assert(x.peek() === threads, 'an update was lost');
    });
  });

const lostUpdate = counter(2, 0);

/** As many philosophers with as many forks. */
const philosophers = (n: number): Scenario =>
  scenario(`philosophers(${n})`, (sim) => {
    const forks = Array.from({ length: n }, (_, i) => sim.mutex(`fork ${i}`));
    forks.forEach((first, i) => {
      const second = forks[(i + 1) % n] as typeof first;
      sim.thread(`P${i}`, function* () {
        for (let meal = 0; meal < 2; meal++) {
          yield* first.lock();
          yield* second.lock();
          yield* second.unlock();
          yield* first.unlock();
        }
      });
    });
  });

const subjects: readonly [name: string, Scenario, preemptions: number, steps: number][] = [
  ['a lost update', lostUpdate, 1, 4],
  ['a lost update among much else', counter(3, 5), 1, 36],
  ['two locks in opposite order', philosophers(2), 1, 2],
  // Who comes last in the circle begins; then each is blocked by the one before.
  ['four philosophers', philosophers(4), 1, 4],
  [
    'a use after free',
    scenario('use-after-free', (sim) => {
      const block = sim.block('object');
      const state = block.atomic('state', 0);
      const alive = sim.atomic('alive', true);
      sim.thread('user', function* () {
        yield* sim.pause();
        if (yield* alive.load()) yield* state.load();
      });
      sim.thread('owner', function* () {
        yield* alive.store(false);
        yield* sim.free(block);
        yield* sim.pause();
      });
    }),
    1,
    // The owner would have to be preempted to leave out its last step.
    6,
  ],
  [
    'an invariant',
    scenario('invariant', (sim) => {
      const x = sim.atomic('x', 0);
      const y = sim.atomic('y', 0);
      sim.invariant('x is y or one more', () => x.peek() - y.peek() <= 1);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* sim.pause();
          yield* x.fetchAdd(1);
          yield* y.fetchAdd(1);
        });
      }
    }),
    1,
    4,
  ],
  [
    'a leak at the end',
    scenario(
      'leak',
      (sim) => {
        const shared = sim.atomic('shared', false);
        const block = sim.block('object');
        sim.thread('A', function* () {
          yield* sim.pause();
          if (!(yield* shared.exchange(true))) yield* sim.pause();
          else yield* sim.free(block);
        });
        sim.thread('B', function* () {
          if (yield* shared.load()) yield* sim.free(block);
        });
      },
      { leakCheck: true },
    ),
    0,
    4,
  ],
  [
    'a livelock',
    scenario(
      'livelock',
      (sim) => {
        const stop = sim.atomic('stop', false);
        sim.thread('spins', function* () {
          while (!(yield* stop.load())) yield* sim.pause();
        });
        sim.thread('stops', function* () {
          for (let i = 0; i < 9; i++) yield* sim.pause();
          yield* stop.store(true);
        });
      },
      { maxSteps: 25 },
    ),
    0,
    25,
  ],
  [
    'a choice',
    scenario('choice', (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.store(yield* sim.choose(4));
        yield* x.store(0);
      });
      sim.thread('B', function* () {
        sim.assert((yield* x.load()) !== 3, 'three');
      });
    }),
    1,
    3,
  ],
  [
    'something wrong from the start',
    scenario('from-the-start', (sim) => {
      sim.invariant('never', () => false);
      sim.thread('A', function* () {
        yield* sim.pause();
      });
    }),
    0,
    0,
  ],
  [
    'a set-up that fails',
    scenario('set-up', () => {
      throw new Error('no');
    }),
    0,
    0,
  ],
];

describe('minimize', () => {
  it.each(subjects)(
    'should make %s as simple as it can be',
    (_name, subject, preemptions, steps) => {
      for (const seed of [1, 2, 3]) {
        const violation = find(subject, { seed });
        const { kind, property } = violation;
        const result = minimize(subject, violation);
        expect(result).toMatchObject({ preemptions, steps, provenMinimal: true });
        expect(result.violation).toMatchObject({ kind, property, preemptions, steps });
        const again = replay(subject, result.violation.token);
        expect(again).toMatchObject({ preemptions, steps, violation: { kind, property } });
      }
    },
  );

  it('should give the same result whichever strategy found it', () => {
    const results = (['dpor', 'dfs', 'random'] as const).map((strategy) => {
      const { preemptions, steps, provenMinimal } = minimize(
        philosophers(3),
        find(philosophers(3), { strategy }),
      );
      return { preemptions, steps, provenMinimal };
    });
    const best = { preemptions: 1, steps: 3, provenMinimal: true };
    expect(results).toEqual([best, best, best]);
  });

  it('should return what is minimal as it is', () => {
    const once = minimizeFound(lostUpdate);
    const twice = minimize(lostUpdate, once.violation);
    expect(twice.violation).toEqual(once.violation);
    expect(twice.provenMinimal).toBe(true);
  });

  it('should say places and events as a report does', () => {
    const { violation } = minimizeFound(counter(2, 3));
    expect(violation.events).toHaveLength(violation.steps);
    expect(violation.events.filter(({ preempts }) => preempts)).toHaveLength(1);
    expect(violation.events[0]?.location).toMatch(/minimize\.test\.ts:\d+$/);
  });

  it('should do the same every time', () => {
    expect(minimizeFound(counter(3, 2))).toEqual(minimizeFound(counter(3, 2)));
  });

  it('should look for a failure that follows another where the execution goes on', () => {
    const two = scenario('two', (sim: Sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.store(1);
        sim.fail('first');
      });
      sim.thread('B', function* () {
        yield* sim.pause();
        yield* sim.until(() => x.peek() === 1);
        yield* sim.pause();
        sim.fail('second');
      });
    });
    const { violations } = explore(two, {
      strategy: 'random',
      seed: 1,
      stopAfter: Infinity,
      maxExecutions: 100,
    });
    const second = violations.find(({ property }) => property === 'second') as Violation;
    const result = minimize(two, second);
    expect(result).toMatchObject({ preemptions: 0, steps: 4, provenMinimal: true });
    expect(result.violation.property).toBe('second');
    expect(replay(two, result.violation.token).violation?.property).toBe('second');
  });

  it('should keep a failure that was found with more steps allowed', () => {
    const late = scenario(
      'late',
      (sim) => {
        sim.thread('A', function* () {
          for (let i = 0; i < 8; i++) yield* sim.pause();
          sim.fail('late');
        });
      },
      { maxSteps: 5 },
    );
    const found = find(late, { maxSteps: 20 });
    expect(minimize(late, found)).toMatchObject({ steps: 8, provenMinimal: true });
  });

  it('should return nondeterminism as it is', () => {
    let shared = 0;
    const hidden = scenario('hidden', (sim) => {
      sim.thread('A', function* () {
        shared++;
        if (shared % 2 === 0) yield* sim.pause();
        yield* sim.pause();
      });
    });
    const violation = find(hidden);
    expect(violation.kind).toBe('nondeterminism');
    const { preemptions, steps } = violation;
    const result = { violation, preemptions, steps, provenMinimal: false, executions: 0 };
    expect(minimize(hidden, violation)).toEqual(result);
  });

  describe('with a budget', () => {
    const hard = counter(4, 6);

    it('should keep to it, and prove nothing then', () => {
      const violation = find(hard);
      for (const maxExecutions of [1, 2, 3, 10, 30]) {
        const result = minimize(hard, violation, { maxExecutions });
        expect(result.executions).toBeLessThanOrEqual(maxExecutions);
        expect(result.provenMinimal).toBe(false);
        expect(result.preemptions).toBeLessThanOrEqual(violation.preemptions);
        expect(replay(hard, result.violation.token).preemptions).toBe(result.preemptions);
      }
    });

    it('should leave out switches at least', () => {
      const violation = find(hard);
      expect(violation.preemptions).toBeGreaterThan(10);
      expect(minimize(hard, violation, { maxExecutions: 200 }).preemptions).toBeLessThan(4);
    });

    it('should end in time, and when it is told to', () => {
      const violation = find(hard);
      expect(minimize(hard, violation, { timeLimitMs: 1e-6 })).toMatchObject({
        executions: 1,
        provenMinimal: false,
      });
      let calls = 0;
      const result = minimize(philosophers(7), find(philosophers(7)), {
        maxExecutions: Infinity,
        onProgress: ({ executions, preemptions, steps }) => {
          expect(executions).toBeGreaterThan(0);
          expect(preemptions + steps).toBeGreaterThan(0);
          return ++calls < 2;
        },
      });
      expect(calls).toBe(2);
      expect(result.provenMinimal).toBe(false);
    });
  });

  describe('given something wrong', () => {
    const violation = find(lostUpdate);
    const { token } = violation;

    test.each<[options: unknown, message: RegExp]>([
      [{ maxExecutions: 0 }, /^maxExecutions must be a whole number from 1 or Infinity, not 0$/],
      [{ maxExecutions: 1.5 }, /not 1\.5$/],
      [{ maxExecutions: '9' }, /^maxExecutions must be a whole number/],
      [{ timeLimitMs: 0 }, /^timeLimitMs must be a positive number, not 0$/],
      [{ timeLimitMs: Number.NaN }, /not NaN$/],
      [{ onProgress: 1 }, /^onProgress must be a function, not 1$/],
      [{ executions: 9 }, /^minimize has no option "executions"; the options are maxExecutions, /],
    ])('should refuse %j', (options, message) => {
      const call = (): unknown => minimize(lostUpdate, violation, options as MinimizeOptions);
      expect(call).toThrow(UsageError);
      expect(call).toThrow(message);
    });

    test.each<[what: string, Partial<Violation>, message: RegExp]>([
      ['a damaged token', { token: `${token}x` }, /^this is no token: it is damaged or cut off$/],
      ['no token', { token: '' }, /^this is no token/],
      ['another property', { property: 'x' }, /^the token leads to assertion "an update was lost"/],
      ['another kind', { kind: 'leak' }, /not to leak "an update was lost"$/],
    ])('should refuse %s', (_what, change, message) => {
      const call = (): unknown => minimize(lostUpdate, { ...violation, ...change });
      expect(call).toThrow(ReplayError);
      expect(call).toThrow(message);
    });

    it('should refuse the token of another scenario, or of a passing execution', () => {
      expect(() => minimize(philosophers(2), violation)).toThrow(ReplayError);
      const passing = scenario('passing', (sim) => {
        sim.thread('A', function* () {
          yield* sim.pause();
        });
      });
      const whole = replay(passing, token, { onDivergence: 'continue' }).token;
      expect(() => minimize(passing, { ...violation, token: whole })).toThrow(
        /^the token leads to no failure in the scenario "passing", not to assertion/,
      );
    });
  });
});
