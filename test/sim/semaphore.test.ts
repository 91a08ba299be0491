import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { dependent } from './footprints.js';
import { doing, exploreAll, outcomes, violationsOf } from './support.js';

describe('semaphore', () => {
  it('should admit as many as it counts', () => {
    const inside = new Set<number>();
    const report = exploreAll((sim) => {
      const s = sim.semaphore('s', 2);
      const n = sim.atomic('n', 0);
      for (const name of ['A', 'B', 'C']) {
        sim.thread(
          name,
          doing(
            () => s.wait(),
            () => n.fetchAdd(1),
            () => n.fetchAdd(-1),
            () => s.post(),
          ),
        );
      }
      sim.invariant('look', () => void inside.add(n.peek()));
      sim.finally(() => sim.assert(s.peek() === 2, 'all were given back'));
    });
    expect(report.verdict).toBe('verified');
    expect([...inside].sort()).toEqual([0, 1, 2]);
  });

  it('should be posted by any thread, however often', () => {
    const ends = outcomes((sim) => {
      const s = sim.semaphore('s', 0);
      sim.thread(
        'A',
        doing(() => s.wait()),
      );
      sim.thread(
        'B',
        doing(
          () => s.post(),
          () => s.post(),
        ),
      );
      return () => s.peek();
    });
    expect(ends).toEqual(['1']);
  });

  it('should call a post a mark that is one for a check, and show no count', () => {
    const { violations } = exploreAll((sim) => {
      const s = sim.semaphore('begun', 0);
      sim.thread(
        'A',
        doing(
          () => s.mark(),
          () => s.mark(),
        ),
      );
      sim.finally(() => sim.assert(s.peek() !== 2, 'twice'));
    });
    expect(violations[0]?.message).toBe('twice');
    expect(
      violations[0]?.events.map(({ operation, object, value }) => [operation, object, value]),
    ).toEqual([
      ['mark', 'begun', null],
      ['mark', 'begun', null],
    ]);
  });

  it('should name what is waited for', () => {
    expect(
      violationsOf((sim) => {
        const s = sim.semaphore('s', 1);
        for (const name of ['A', 'B'])
          sim.thread(
            name,
            doing(() => s.wait()),
          );
      }),
    ).toEqual(['deadlock: s']);
  });

  it('should write with every operation', () => {
    const pair = (a: 'post' | 'wait', b: 'post' | 'wait'): boolean =>
      dependent((sim) => {
        const s = sim.semaphore('s', 2);
        return { A: [() => s[a]()], B: [() => s[b]()] };
      });
    for (const a of ['post', 'wait'] as const) {
      for (const b of ['post', 'wait'] as const) expect(pair(a, b)).toBe(true);
    }
  });

  test.prop([
    fc.nat({ max: 2 }),
    fc.array(fc.constantFrom('post', 'wait'), { minLength: 1, maxLength: 4 }),
  ])('should block for ever exactly when more is taken than was given', (initial, operations) => {
    const report = exploreAll((sim) => {
      const s = sim.semaphore('s', initial);
      operations.forEach((operation, i) =>
        sim.thread(
          `T${i}`,
          doing(() => s[operation]()),
        ),
      );
    });
    const taken = operations.filter((operation) => operation === 'wait').length;
    const short = taken > initial + operations.length - taken;
    expect(report.complete).toBe(true);
    expect(report.deadlocks).toBe(short ? report.executions : 0);
  });
});
