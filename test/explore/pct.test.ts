import { describe, expect, it } from 'vitest';
import { ConcurrencyTesting, estimateLength } from '../../src/explore/pct.js';
import {
  type ExploreOptions,
  explore,
  type Report,
  type Scenario,
  scenario,
} from '../../src/index.js';
import { renderHeadline } from '../../src/report/headline.js';
import { doing } from '../sim/support.js';
import { deadlock01, independent, near, schedules } from './chances.js';

function pct(about: Scenario, options: ExploreOptions): Report {
  return explore(about, { strategy: 'pct', seed: 'pct', stopAfter: Infinity, ...options });
}

/** A step: which of the thread's it is, from 0. */
interface Step {
  readonly thread: string;
  readonly number: number;
}

/** The first step comes before the second. */
type Constraint = readonly [Step, Step];

function constraintsOf(lengths: readonly number[]): Constraint[] {
  const steps = lengths.flatMap((length, i) =>
    Array.from({ length }, (_, number) => ({ thread: 'ABC'.charAt(i), number })),
  );
  return steps.flatMap((a) =>
    steps.filter((b) => a.thread !== b.thread).map((b) => [a, b] as const),
  );
}

function subsets<T>(all: readonly T[], size: number, from = 0): T[][] {
  if (size === 0) return [[]];
  return all
    .slice(from)
    .flatMap((each, i) => subsets(all, size - 1, from + i + 1).map((rest) => [each, ...rest]));
}

function satisfies(schedule: string, constraints: readonly Constraint[]): boolean {
  const placeOf = ({ thread, number }: Step): number =>
    schedule.split('').flatMap((each, i) => (each === thread ? [i] : []))[number] as number;
  return constraints.every(([a, b]) => placeOf(a) < placeOf(b));
}

function interleavings(left: readonly number[], before = ''): string[] {
  if (left.every((each) => each === 0)) return [before];
  return left.flatMap((each, i) =>
    each === 0
      ? []
      : interleavings(
          left.map((other, k) => (k === i ? other - 1 : other)),
          before + 'ABC'.charAt(i),
        ),
  );
}

function permutations(all: readonly number[]): number[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((each) =>
    permutations(all.filter((other) => other !== each)).map((rest) => [each, ...rest]),
  );
}

/** Pairs of steps, from 0, at which priorities change. */
function pairsBelow(length: number): [number, number][] {
  const steps = Array.from({ length }, (_, i) => i);
  return steps.flatMap((a) => steps.map((b): [number, number] => [a, b]));
}

/** The schedule of independent threads where `ranks` are their priorities, the first change lowers to -1 and the second to -2. */
function scheduleOf(
  lengths: readonly number[],
  ranks: readonly number[],
  changes: readonly number[],
): string {
  const left = [...lengths];
  const priorities = [...ranks];
  const highest = (): number =>
    left.reduce(
      (best, each, i) => (each > 0 && (best < 0 || priorities[i]! > priorities[best]!) ? i : best),
      -1,
    );
  let schedule = '';
  for (let thread = highest(); thread >= 0; thread = highest()) {
    changes.forEach((step, number) => {
      if (step === schedule.length) priorities[highest()] = -1 - number;
    });
    thread = highest();
    left[thread]!--;
    schedule += 'ABC'.charAt(thread);
  }
  return schedule;
}

describe('pct', () => {
  // By enumeration of all priorities and change points: 2 of 20, and 34 of 200. That a change point lowers the thread that just took
  // the step would give 2 of 20 as well, but 38 of 200.
  it.each([
    [1, 0],
    [2, 1 / 10],
    [3, 34 / 200],
  ])('should hit the deadlock of two locks with depth %i in %f of executions', (depth, chance) => {
    const trials = 20_000;
    const report = pct(deadlock01, { depth, maxExecutions: trials });
    const { least, most } = near(chance, trials);
    expect(report.deadlocks).toBeGreaterThanOrEqual(least);
    expect(report.deadlocks).toBeLessThanOrEqual(most);
  });

  it.each([
    [1, [2, 2]],
    [1, [2, 2, 1]],
    [2, [2, 2]],
    [2, [3, 2]],
    [2, [1, 2, 1]],
    [2, [2, 2, 1]],
    [3, [2, 2]],
    [3, [3, 2]],
    [3, [1, 2, 1]],
    [3, [2, 2, 1]],
  ])(
    'should keep its promise for all bugs of depth %i in threads of %j steps',
    (depth, lengths) => {
      const trials = 20_000;
      const length = lengths.reduce((sum, each) => sum + each);
      const strategy = new ConcurrencyTesting({ seed: 'promise', depth, length });
      const counts = schedules(independent(...lengths), strategy, trials);
      const { least } = near(1 / (lengths.length * length ** (depth - 1)), trials);
      const possible = interleavings(lengths);
      const bugs = subsets(constraintsOf(lengths), depth).filter((constraints) =>
        possible.some((schedule) => satisfies(schedule, constraints)),
      );
      expect(bugs.length).toBeGreaterThan(7);
      const hits = bugs.map((constraints) => {
        let sum = 0;
        for (const [schedule, count] of counts) if (satisfies(schedule, constraints)) sum += count;
        return sum;
      });
      expect(Math.min(...hits)).toBeGreaterThan(least);
    },
  );

  it('should take every schedule as often as priorities and change points lead to it', () => {
    const lengths = [1, 2, 1];
    const cases = permutations([0, 1, 2]).flatMap((ranks) =>
      pairsBelow(4).map((changes) => scheduleOf(lengths, ranks, changes)),
    );
    const trials = 20_000;
    const strategy = new ConcurrencyTesting({ seed: 'all', depth: 3, length: 4 });
    const counts = schedules(independent(...lengths), strategy, trials);
    expect([...counts.keys()].sort()).toEqual([...new Set(cases)].sort());
    for (const [schedule, count] of counts) {
      const chance = cases.filter((each) => each === schedule).length / cases.length;
      const { least, most } = near(chance, trials);
      expect(count).toBeGreaterThan(least);
      expect(count).toBeLessThan(most);
    }
  });

  it('should let a spawned thread have any place among the others', () => {
    const trials = 6000;
    const counts = ['P', 'Q', 'C'].map((name) => {
      const spawning = scenario('spawning', (sim) => {
        const first = sim.atomic('first', '');
        const claim = (who: string) => doing(() => first.compareExchange('', who));
        sim.thread('P', function* () {
          yield* sim.spawn('C', claim('C'));
          yield* first.compareExchange('', 'P');
        });
        sim.thread('Q', claim('Q'));
        sim.finally(() => sim.assert(first.peek() !== name, 'first'));
      });
      return pct(spawning, { depth: 1, maxExecutions: trials }).failing;
    });
    // Q is above P; P is above both; C is above P, which is above Q.
    [1 / 3, 1 / 2, 1 / 6].forEach((chance, i) => {
      const { least, most } = near(chance, trials);
      expect(counts[i]).toBeGreaterThan(least);
      expect(counts[i]).toBeLessThan(most);
    });
  });

  it('should choose every value equally often', () => {
    const trials = 6000;
    for (let value = 0; value < 3; value++) {
      const choosing = scenario('three ways', (sim) => {
        sim.thread('A', function* () {
          sim.assert((yield* sim.choose(3)) !== value, 'chosen');
        });
      });
      const { least, most } = near(1 / 3, trials);
      const { failing } = pct(choosing, { maxExecutions: trials });
      expect(failing).toBeGreaterThan(least);
      expect(failing).toBeLessThan(most);
    }
  });

  it('should only switch from threads that can go on where priorities change', () => {
    for (const depth of [1, 2, 3, 5]) {
      const strategy = new ConcurrencyTesting({ seed: 1, depth, length: 12 });
      const counts = schedules(independent(4, 4, 4), strategy, 500);
      const switches = [...counts.keys()].map((each) => each.replace(/(.)\1*/g, '$1').length - 3);
      expect(Math.max(...switches)).toBeLessThan(depth);
    }
  });

  it('should not count the executions that tell how long they are', () => {
    const counted = scenario('counted', (sim) => {
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
    });
    const report = pct(counted, { maxExecutions: 20 });
    expect(report).toMatchObject({ executions: 20, steps: 20, redundant: 0, failing: 0 });
  });

  it('should not say that a label was reached that only such an execution reached', () => {
    const labelled = scenario('labelled', (sim) => {
      const x = sim.atomic('x', 0);
      const hit = sim.reachable('B first');
      sim.thread(
        'A',
        doing(() => x.store(1)),
      );
      sim.thread('B', function* () {
        if ((yield* x.load()) === 0) hit();
      });
    });
    const unreached = Array.from({ length: 40 }, (_, seed) => {
      return pct(labelled, { seed, maxExecutions: 1 }).unreached.length;
    });
    expect(new Set(unreached)).toEqual(new Set([0, 1]));
  });

  it('should find the length where a spinning thread keeps others from running', () => {
    const spinning = scenario(
      'spinning',
      (sim) => {
        const x = sim.atomic('x', 0);
        sim.thread('A', function* () {
          while ((yield* x.load()) === 0);
        });
        sim.thread('B', function* () {
          for (let i = 0; i < 8; i++) yield* sim.pause();
          yield* x.store(1);
        });
      },
      { maxSteps: 1000 },
    );
    // Ten steps when B goes first, which must not be lowered in its nine; of a thousand it would hardly ever be. A always is.
    const trials = 2000;
    const { least, most } = near((1 / 2) * (9 / 10), trials);
    const { failing } = pct(spinning, { depth: 2, maxExecutions: trials });
    expect(failing).toBeGreaterThan(least);
    expect(failing).toBeLessThan(most);
  });

  it('should do with a program without steps, and with more steps than it was told of', () => {
    const empty = scenario('empty', () => undefined);
    expect(pct(empty, { maxExecutions: 5 })).toMatchObject({ executions: 5, steps: 0 });
    const strategy = new ConcurrencyTesting({ seed: 1, depth: 4, length: 1 });
    for (const schedule of schedules(independent(2, 2), strategy, 50).keys()) {
      expect(schedule).toMatch(/^(AABB|BBAA)$/);
    }
  });

  it('should take the same executions where they begin anew', () => {
    // Ordinary memory that is first met inside a thread makes the first execution begin anew.
    const late = scenario('late', (sim) => {
      const order = sim.atomic('order', '');
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          yield* order.update((before) => before + name);
          const block = yield* sim.alloc('block');
          yield* block.plain('p', 0).write(1);
          yield* order.update((before) => before + name);
        });
      }
      sim.finally(() => sim.fail(order.peek()));
    });
    const properties = (options: ExploreOptions): string[] =>
      pct(late, { maxExecutions: 1, ...options }).violations.map(({ property }) => property);
    const single = Array.from({ length: 20 }, (_, i) => properties({ firstExecution: i })[0]);
    expect(properties({ maxExecutions: 20 })).toEqual([...new Set(single)]);
  });

  it('should say its depth, 3 by default, in reports', () => {
    const about = independent(1);
    expect(pct(about, { maxExecutions: 1 }).bounds.depth).toBe(3);
    const report = pct(about, { maxExecutions: 1, depth: 7 });
    expect(report.bounds).toEqual({ preemptions: null, delays: null, depth: 7 });
    expect(renderHeadline(report)).toContain('pct, depth 7, seed pct');
    expect(explore(about, { strategy: 'random' }).bounds).toEqual({
      preemptions: null,
      delays: null,
    });
  });
});

describe('estimateLength', () => {
  /** Measures executions that have so many steps, in turn. */
  const estimated = (maxSteps: number, ...lengths: readonly number[]): [number, number] => {
    let executed = 0;
    const length = estimateLength(
      { seed: 1, maxSteps },
      {
        execute: (scheduler) => {
          const steps = lengths[executed++ % lengths.length] as number;
          scheduler.ended?.({ steps } as Parameters<NonNullable<typeof scheduler.ended>>[0]);
        },
      },
    );
    return [length, executed];
  };

  it('should be the length of the longest of eight that ended, or all there may be', () => {
    expect(estimated(100, 7)).toEqual([7, 8]);
    expect(estimated(100, 1, 2, 3, 4, 5, 6, 7, 9)).toEqual([9, 8]);
    expect(estimated(100, 12, 100, 3)).toEqual([12, 8]);
    expect(estimated(100, 100)).toEqual([100, 8]);
    expect(estimated(50, 0)).toEqual([50, 8]);
  });
});
