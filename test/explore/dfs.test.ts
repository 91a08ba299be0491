import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  type ExploreOptions,
  explore,
  type Operation,
  type Scenario,
  scenario,
} from '../../src/index.js';
import { doing, interleavings } from '../sim/support.js';

const dfs = (what: Scenario, options: ExploreOptions = {}) =>
  explore(what, { strategy: 'dfs', stopAfter: Infinity, ...options });

/** n threads that each read and then write. */
const inc = (n: number): Scenario =>
  scenario(`inc(${n})`, (sim) => {
    const x = sim.atomic('x', 0);
    for (let i = 0; i < n; i++)
      sim.thread(
        `T${i}`,
        doing(
          () => x.load(),
          () => x.store(i),
        ),
      );
  });

/** n threads that each write once. */
const writers = (n: number): Scenario =>
  scenario(`writers(${n})`, (sim) => {
    const x = sim.atomic('x', 0);
    for (let i = 0; i < n; i++)
      sim.thread(
        `T${i}`,
        doing(() => x.store(i)),
      );
  });

/** How many permutations of n have exactly k inversions (Mahonian numbers). */
function mahonian(n: number): number[] {
  let counts = [1];
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>(counts.length + size - 1).fill(0);
    counts.forEach((count, k) => {
      for (let more = 0; more < size; more++) next[k + more]! += count;
    });
    counts = next;
  }
  return counts;
}

describe('dfs', () => {
  test.prop([fc.array(fc.nat({ max: 3 }), { maxLength: 4 })])(
    'should explore as many executions as there are interleavings',
    (lengths) => {
      fc.pre(interleavings(...lengths) <= 3000);
      const report = dfs(
        scenario('threads', (sim) => {
          lengths.forEach((length, i) => {
            const x = sim.atomic(`x${i}`, 0);
            const body = Array.from({ length }, () => (): Operation => x.fetchAdd(1));
            sim.thread(`T${i}`, doing(...body));
          });
        }),
      );
      const steps = lengths.reduce((sum, each) => sum + each, 0);
      const executions = interleavings(...lengths);
      expect(report).toMatchObject({
        executions,
        steps: steps * executions,
        redundant: 0,
        complete: true,
        verdict: 'verified',
      });
    },
  );

  it('should take no schedule twice', () => {
    const schedules: string[] = [];
    dfs(
      scenario('all', (sim) => {
        let order = '';
        for (const name of ['A', 'B', 'C']) {
          sim.thread(name, function* () {
            yield* sim.pause();
            order += name;
            yield* sim.pause();
            order += name;
          });
        }
        // A repetition to check determinism is no execution of the search.
        sim.finally(() => sim.fail(order));
      }),
    ).violations.forEach(({ property }) => schedules.push(property));
    expect(new Set(schedules).size).toBe(90);
    expect(schedules).toHaveLength(90);
  });

  it('should explore inc(3) with at most so many preemptions', () => {
    const reports = [0, 1, 2, 3].map((preemptions) => dfs(inc(3), { preemptions }));
    expect(reports.map(({ executions }) => executions)).toEqual([6, 24, 60, 90]);
    // None is begun that goes over the bound.
    expect(reports.map(({ redundant }) => redundant)).toEqual([0, 0, 0, 0]);
    expect(dfs(inc(3)).executions).toBe(90);
    expect(dfs(inc(3), { preemptions: 99 }).executions).toBe(90);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'should explore the permutations of %i writers with so many inversions',
    (n) => {
      const exact = mahonian(n);
      let sum = 0;
      for (const [delays, count] of exact.entries()) {
        sum += count;
        expect(dfs(writers(n), { delays })).toMatchObject({ executions: sum, redundant: 0 });
        // Beyond a third of a thousand it only takes time.
        if (sum > 300) break;
      }
      if (n === 6) {
        const known = [0, 1, 2, 3, 4].map((delays) => dfs(writers(6), { delays }).executions);
        expect(known).toEqual([1, 6, 20, 49, 98]);
      }
    },
  );

  it('should call a bounded search complete, and say the bound', () => {
    const report = dfs(inc(2), { preemptions: 0 });
    expect(report).toMatchObject({
      verdict: 'verified',
      complete: true,
      bounds: { preemptions: 0, delays: null },
    });
    expect(dfs(inc(2), { delays: 1 }).bounds).toEqual({ preemptions: null, delays: 1 });
    expect(dfs(inc(2)).bounds).toEqual({ preemptions: null, delays: null });
  });

  it('should respect both bounds together', () => {
    const seen = (options: ExploreOptions): Set<string> => {
      const schedules = new Set<string>();
      dfs(
        scenario('both', (sim) => {
          let order = '';
          for (const name of ['A', 'B', 'C']) {
            sim.thread(name, function* () {
              for (let i = 0; i < 2; i++) {
                yield* sim.pause();
                order += name;
              }
            });
          }
          sim.finally(() => sim.fail(order));
        }),
        options,
      ).violations.forEach(({ property }) => schedules.add(property));
      return schedules;
    };
    const [preemptions, delays] = [seen({ preemptions: 1 }), seen({ delays: 2 })];
    const both = seen({ preemptions: 1, delays: 2 });
    expect([...both].sort()).toEqual([...preemptions].filter((each) => delays.has(each)).sort());
  });

  it('should find with no preemption only what needs none', () => {
    const lost = scenario('lost', (sim) => {
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* x.store((yield* x.load()) + 1);
        });
      }
      sim.finally(() => sim.assert(x.peek() === 2, 'lost'));
    });
    expect(dfs(lost, { preemptions: 0 }).verdict).toBe('verified');
    expect(dfs(lost, { preemptions: 1 }).verdict).toBe('violated');
    expect(dfs(lost, { preemptions: 1 }).violations[0]?.preemptions).toBe(1);
  });

  it.each([
    ['before', true],
    ['after', false],
  ])(
    'should not count a switch away from a thread that is blocked or has ended, made %s the other',
    (_, first) => {
      const report = dfs(
        scenario('hand-over', (sim) => {
          const ready = sim.event('ready');
          const waits = (): void => {
            sim.thread(
              'A',
              doing(
                () => sim.pause(),
                () => ready.wait(),
              ),
            );
          };
          if (first) waits();
          sim.thread(
            'B',
            doing(() => ready.set()),
          );
          if (!first) waits();
          sim.finally(() => sim.fail('end'));
        }),
        { preemptions: 0 },
      );
      expect(report.executions).toBe(2);
      expect(report.violations[0]?.preemptions).toBe(0);
    },
  );
});
