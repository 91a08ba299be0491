import { describe, expect, it } from 'vitest';
import { type ExploreOptions, explore, type Report, type Sim, scenario } from '../../src/index.js';
import { strategyNames } from '../sim/support.js';

const searches: readonly ExploreOptions[] = [
  ...strategyNames.map((strategy) => ({ strategy })),
  { strategy: 'dpor', preemptions: 2 },
  { strategy: 'dfs', preemptions: 2 },
  // Beyond the executions that are repeated the most.
  { strategy: 'random', firstExecution: 8 },
];

describe.each(searches)('a search with %o', (options) => {
  /** All that does not depend on the machine, and on what it took to get there. */
  function found(setup: (sim: Sim) => void): unknown {
    const limits = { maxExecutions: 60, stopAfter: Infinity, seed: 3 };
    const { elapsedMs: _, ...rest }: Report = explore(scenario('s', setup), {
      ...limits,
      ...options,
    });
    return rest;
  }

  it('should begin an execution anew when it has to look for data races, and go the same way', () => {
    const program = (sim: Sim): void => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.fetchAdd(1);
        if ((yield* sim.choose(2)) === 0) yield* x.fetchAdd(1);
        // The first of its kind, in the middle of the execution.
        const p = sim.plain('p', 0);
        yield* sim.spawn('C', function* () {
          yield* p.write(1);
        });
        yield* p.write(2);
      });
      sim.thread('B', function* () {
        yield* x.fetchAdd(1);
        yield* x.fetchAdd(1);
      });
    };
    const late = found(program);
    const early = found((sim) => {
      program(sim);
      sim.plain('from the beginning', 0);
    });
    expect(late).toMatchObject({ violations: [{ kind: 'data-race' }, {}] });
    expect(late).toEqual(early);
  });
});

describe.each(searches.filter(({ strategy }) => strategy === 'dpor' || strategy === 'dfs'))(
  'a search through everything with %o',
  (options) => {
    /** A scenario that changes when it was set up so many times, too late for the first checks. */
    function changes(after: number, thread: (sim: Sim, changed: boolean) => void): Report {
      let runs = 0;
      const example = scenario('changes', (sim) => {
        const changed = ++runs > after;
        const x = sim.atomic('x', 0);
        for (const name of ['A', 'B', 'C']) {
          sim.thread(name, function* () {
            yield* x.fetchAdd(1);
            yield* x.fetchAdd(1);
          });
        }
        thread(sim, changed);
      });
      return explore(example, { ...options, seed: 1 });
    }

    it.each<[string, (sim: Sim, changed: boolean) => void]>([
      [
        'operations',
        (sim, changed) => {
          const [y, z] = [sim.atomic('y', 0), sim.atomic('z', 0)];
          sim.thread('D', function* () {
            yield* (changed ? y : z).load();
          });
        },
      ],
      [
        'kinds of operation',
        (sim, changed) => {
          const y = sim.atomic('y', 0);
          sim.thread('D', function* () {
            if (changed) yield* y.load();
            else yield* y.store(1);
          });
        },
      ],
      [
        'ways of a step',
        (sim, changed) => {
          sim.thread('D', function* () {
            yield* sim.choose(changed ? 3 : 2);
          });
        },
      ],
      [
        'threads',
        (sim, changed) => {
          if (!changed) sim.thread('D', function* () {});
          sim.thread('E', function* () {
            yield* sim.pause();
          });
        },
      ],
    ])('should notice between its checks that there are other %s', (_what, thread) => {
      // The executions before the 32nd and their checks need fewer, and those up to the 64th more.
      const report = changes(70, thread);
      expect(report).toMatchObject({ verdict: 'violated', complete: false });
      expect(report.violations).toMatchObject([{ kind: 'nondeterminism' }]);
      expect(report.executions).toBeLessThan(64);
      expect(report.violations[0]?.message).toMatch(/^step \d+ /);
    });
  },
);
