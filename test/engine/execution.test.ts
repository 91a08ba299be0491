import { describe, expect, it } from 'vitest';
import type { Atomic } from '../../src/index.js';
import { exhaustive, exploreAll, found, violationsOf } from '../sim/support.js';

describe('a deadlock', () => {
  it('should be told with the daemon that is in the way', () => {
    const report = exploreAll((sim) => {
      const [m, n] = ['m', 'n'].map((name) => sim.mutex(name));
      sim.thread('A', function* () {
        yield* m!.lock();
        yield* n!.lock();
        yield* n!.unlock();
        yield* m!.unlock();
      });
      sim.thread(
        'D',
        function* () {
          yield* n!.lock();
          yield* m!.lock();
          yield* m!.unlock();
          yield* n!.unlock();
        },
        { daemon: true },
      );
    });
    expect(found(report)).toEqual(['deadlock: m, n']);
    expect(report.violations[0]?.message).toMatch(/A .*D|D .*A/);
  });
});

describe('objects that threads make', () => {
  it.each(exhaustive)(
    'should be other ones than those of set-up and of other threads under %s',
    (strategy) => {
      const ends = new Set<string>();
      const report = exploreAll(
        (sim) => {
          const shared = sim.atomic('shared', 0);
          for (const [i, name] of ['A', 'B', 'C'].entries()) {
            sim.thread(name, function* () {
              sim.atomic(`another of ${name}`, i);
              const own = sim.atomic(`of ${name}`, i);
              yield* own.fetchAdd(1);
              if (name !== 'C') yield* shared.store(i + 1);
            });
          }
          sim.finally(() => ends.add(String(shared.peek())));
        },
        { strategy },
      );
      expect(report).toMatchObject({ verdict: 'verified', complete: true });
      if (strategy === 'dpor') expect(report.executions).toBe(2);
      expect([...ends].sort()).toEqual(['1', '2']);
    },
  );

  it('should have the same identity whichever thread makes its own first', () => {
    // Without it the search would take the accesses of different objects for conflicts, and those of one for none.
    const violations = violationsOf((sim) => {
      const box = sim.atomic<Atomic<number> | null>('box', null);
      for (const [i, name] of ['A', 'B'].entries()) {
        sim.thread(name, function* () {
          yield* sim.pause();
          const own = sim.atomic(`of ${name}`, 0);
          const other = yield* box.exchange(own);
          if (other !== null) yield* other.store(i + 1);
          yield* own.store(5);
          sim.assert((yield* own.load()) === 5, `${name} lost`);
        });
      }
    });
    expect(violations).toEqual(['assertion: A lost', 'assertion: B lost']);
  });
});
