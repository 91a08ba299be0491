import { describe, expect, it } from 'vitest';
import { explore, type Scenario, scenario } from '../../src/index.js';

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
