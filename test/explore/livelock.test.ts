import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { explore, type Report, type Scenario, scenario } from '../../src/index.js';

const endless = scenario(
  'endless',
  (sim) => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      for (;;) yield* sim.pause();
    });
    sim.thread('B', function* () {
      yield* x.load();
      sim.fail('reached');
    });
  },
  { maxSteps: 8 },
);

/** Threads that wait in a loop for what another publishes too early. */
const spinning = (waiters: number, maxSteps = 40): Scenario =>
  scenario(
    'spinning',
    (sim) => {
      const ready = sim.atomic('ready', false);
      const x = sim.atomic('x', 0);
      for (let i = 0; i < waiters; i++) {
        sim.thread(`waiter ${i}`, function* () {
          while (!(yield* ready.load()));
          sim.assert((yield* x.load()) === 1, 'seen half done');
        });
      }
      sim.thread('worker', function* () {
        yield* ready.store(true);
        yield* x.store(1);
      });
    },
    { maxSteps },
  );

describe('an execution that reaches the limit of steps', () => {
  it('should keep dpor from claiming to be complete, since it learns only from steps taken', () => {
    const report = explore(endless, { stopAfter: Infinity, seed: 1 });
    expect(report.verdict).toBe('violated');
    expect(report.complete).toBe(false);
  });

  it('should show dpor what the other threads do, and what they would do next', () => {
    const kinds = (each: Scenario): string[] => {
      const { violations } = explore(each, { stopAfter: Infinity, seed: 1 });
      return [...new Set(violations.map(({ kind }) => kind))].sort();
    };
    expect(kinds(endless)).toEqual(['assertion', 'livelock']);
    expect(kinds(spinning(1))).toEqual(['assertion', 'livelock']);
    expect(kinds(spinning(2))).toEqual(['assertion', 'livelock']);
  });

  it('should not hide a failure that needs no endless loop', () => {
    const [violation] = explore(spinning(1, 2000), { seed: 1 }).violations;
    expect(violation?.kind).toBe('assertion');
  });

  it('should not keep dfs from it, which goes through everything within the limit', () => {
    const report = explore(endless, { strategy: 'dfs', stopAfter: Infinity, seed: 1 });
    expect(report.complete).toBe(true);
    expect(report.violations.map(({ kind }) => kind).sort()).toEqual(['assertion', 'livelock']);
  });
});

/** What a thread does to one of two variables; the last two go on until another thread has done its part. */
const operations = ['store', 'check', 'add', 'wait for 1', 'take'] as const;

interface Step {
  readonly operation: (typeof operations)[number];
  readonly variable: 0 | 1;
  readonly value: 0 | 1;
}

const steps = fc.array(
  fc.record<Step>({
    operation: fc.constantFrom(...operations),
    variable: fc.constantFrom(0, 1),
    value: fc.constantFrom(0, 1),
  }),
  { minLength: 1, maxLength: 3 },
);

function looping(programs: readonly (readonly Step[])[], maxSteps: number): Scenario {
  return scenario(
    'looping',
    (sim) => {
      const variables = [sim.atomic('x', 0), sim.atomic('y', 0)] as const;
      for (const [i, program] of programs.entries()) {
        sim.thread(`T${i}`, function* () {
          for (const { operation, variable, value } of program) {
            const atomic = variables[variable];
            if (operation === 'store') yield* atomic.store(value);
            else if (operation === 'add') yield* atomic.fetchAdd(1);
            else if (operation === 'wait for 1') while ((yield* atomic.load()) !== 1);
            else if (operation === 'take') while ((yield* atomic.compareExchange(0, 1)) !== 0);
            else sim.assert((yield* atomic.load()) === value, `T${i} saw another value`);
          }
        });
      }
    },
    { maxSteps },
  );
}

describe('programs with loops', () => {
  const programs = fc.array(steps, { minLength: 2, maxLength: 3 });
  test.prop([programs, fc.integer({ min: 4, max: 9 })], { numRuns: 60 })(
    'should get the same verdict from dpor and dfs, and no failure from dpor alone',
    (some, maxSteps) => {
      const [all, reduced] = (['dfs', 'dpor'] as const).map((strategy) =>
        explore(looping(some, maxSteps), { strategy, seed: 1, stopAfter: Infinity }),
      ) as [Report, Report];
      fc.pre(all.complete);
      const found = ({ violations }: Report): string[] =>
        violations.map(({ kind, property }) => `${kind}: ${property}`);
      expect(reduced.verdict).toBe(all.verdict);
      expect(found(all)).toEqual(expect.arrayContaining(found(reduced)));
      const endsNot = (report: Report): boolean => found(report).includes('livelock: steps');
      expect(endsNot(reduced)).toBe(endsNot(all));
      if (!endsNot(all)) expect(found(reduced).sort()).toEqual(found(all).sort());
    },
  );
});
