import { describe, expect, it } from 'vitest';
import type { Mutex, Operation } from '../../src/index.js';
import { dependent } from './footprints.js';
import { doing, exploreAll, found, interleavings, outcomes, violationsOf } from './support.js';

describe('mutex', () => {
  it('should exclude all others between lock and unlock', () => {
    const ends = outcomes((sim) => {
      const m = sim.mutex('m');
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          yield* m.lock();
          yield* x.store((yield* x.load()) + 1);
          yield* m.unlock();
        });
      }
      return () => x.peek();
    });
    expect(ends).toEqual(['3']);
  });

  it('should block without taking steps', () => {
    const { executions, steps } = exploreAll((sim) => {
      const m = sim.mutex('m');
      for (const name of ['A', 'B'])
        sim.thread(
          name,
          doing(
            () => m.lock(),
            () => m.unlock(),
          ),
        );
    });
    expect({ executions, steps }).toEqual({ executions: 2, steps: 8 });
  });

  it('should tell by tryLock whether it was taken, and never block there', () => {
    const ends = outcomes((sim) => {
      const m = sim.mutex('m');
      const got: Record<string, boolean> = {};
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          got[name] = yield* m.tryLock();
          if (got[name]) yield* m.unlock();
        });
      }
      return () => [got['A'], got['B'], m.holder ?? 'nobody'];
    });
    expect(ends).toEqual([
      '[false,true,"nobody"]',
      '[true,false,"nobody"]',
      '[true,true,"nobody"]',
    ]);
  });

  it('should fail tryLock of the owner', () => {
    const ends = outcomes((sim) => {
      const m = sim.mutex('m');
      let again = true;
      sim.thread('A', function* () {
        yield* m.lock();
        again = yield* m.tryLock();
        yield* m.unlock();
      });
      return () => again;
    });
    expect(ends).toEqual(['false']);
  });

  it('should say who holds it', () => {
    const seen = new Set<string>();
    const report = exploreAll((sim) => {
      const m = sim.mutex('m');
      // Two threads of one name: the name is the one that was given.
      for (const name of ['A', 'A', 'B'])
        sim.thread(
          name,
          doing(
            () => m.lock(),
            () => m.unlock(),
          ),
        );
      sim.invariant('look', () => void seen.add(m.holder ?? 'nobody'));
    });
    expect(report.verdict).toBe('verified');
    expect([...seen].sort()).toEqual(['A', 'B', 'nobody']);
  });

  it('should be misused by an unlock of what is free, or of what another holds', () => {
    const free = violationsOf((sim) => {
      const m = sim.mutex('m');
      sim.thread(
        'A',
        doing(() => m.unlock()),
      );
    });
    expect(free).toEqual(['lock-misuse: m']);
    const others = exploreAll((sim) => {
      const m = sim.mutex('m');
      sim.thread(
        'owner',
        doing(
          () => m.lock(),
          () => sim.pause(),
          () => m.unlock(),
        ),
      );
      sim.thread(
        'thief',
        doing(() => m.unlock()),
      );
      sim.finally(() => sim.assert(m.holder === undefined, 'the owner has unlocked'));
    });
    expect(found(others)).toEqual(['lock-misuse: m']);
    expect(others.failing).toBe(others.executions);
  });

  it('should be misused by a recursive lock, which is no deadlock', () => {
    const report = exploreAll((sim) => {
      const m = sim.mutex('m');
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => m.lock(),
        ),
      );
    });
    expect(found(report)).toEqual(['lock-misuse: m']);
    expect(report).toMatchObject({ executions: 1, failing: 1, deadlocks: 0, steps: 2 });
  });

  it('should stay locked when its owner ends', () => {
    const found = violationsOf((sim) => {
      const m = sim.mutex('m');
      const first = sim.thread(
        'first',
        doing(() => m.lock()),
      );
      sim.thread(
        'second',
        doing(
          () => first.join(),
          () => m.lock(),
        ),
      );
    });
    expect(found).toEqual(['deadlock: m']);
  });

  it('should name the cycle of a deadlock, starting with the first by name', () => {
    const report = exploreAll((sim) => {
      const [z, b, a] = ['z', 'b', 'a'].map((name) => sim.mutex(name));
      sim.thread(
        'T1',
        doing(
          () => b!.lock(),
          () => a!.lock(),
          () => a!.unlock(),
          () => b!.unlock(),
        ),
      );
      sim.thread(
        'T2',
        doing(
          () => a!.lock(),
          () => b!.lock(),
          () => b!.unlock(),
          () => a!.unlock(),
        ),
      );
      // Waits for the cycle without being a part of it.
      sim.thread(
        'T3',
        doing(
          () => z!.lock(),
          () => a!.lock(),
          () => a!.unlock(),
          () => z!.unlock(),
        ),
      );
    });
    expect(found(report)).toEqual(['deadlock: a, b']);
    expect(report.deadlocks).toBe(report.failing);
    const { message, details } = report.violations[0]!;
    expect(message).toMatch(/T1.*T2|T2.*T1/);
    expect(details.join('\n')).toMatch(/T1 .*a.*T2/);
    expect(details.join('\n')).toMatch(/T2 .*b.*T1/);
  });

  it('should find the deadlock of three philosophers and name all three forks', () => {
    const report = exploreAll((sim) => {
      const forks = [0, 1, 2].map((i) => sim.mutex(`f${i}`));
      for (let i = 0; i < 3; i++) {
        const [left, right] = [forks[i]!, forks[(i + 1) % 3]!];
        sim.thread(
          `P${i}`,
          doing(
            () => left.lock(),
            () => right.lock(),
            () => right.unlock(),
            () => left.unlock(),
          ),
        );
      }
    });
    expect(report.violations).toHaveLength(1);
    expect(report.violations[0]?.property.split(', ').sort()).toEqual(['f0', 'f1', 'f2']);
    expect(report.violations[0]?.property).toMatch(/^f0/);
  });

  describe('footprint', () => {
    const table: readonly [string, (m: Mutex) => readonly (() => Operation)[], boolean][] = [
      ['lock', (m) => [() => m.lock()], true],
      ['tryLock', (m) => [() => m.tryLock()], true],
      ['unlock', (m) => [() => m.lock(), () => m.unlock()], true],
      ['failed tryLock', (m) => [() => m.lock(), () => m.tryLock()], false],
    ];
    it.each(table)('should make %s and a failed tryLock dependent: %j', (_name, make, expected) => {
      const result = dependent((sim) => {
        const m = sim.mutex('m');
        return { A: make(m), B: [() => m.tryLock()] };
      });
      // After an unlock the tryLock succeeds, and is a write anyway.
      expect(result).toBe(expected);
    });

    it('should leave different locks independent', () => {
      const { executions } = exploreAll((sim) => {
        for (const name of ['a', 'b']) {
          const m = sim.mutex(name);
          sim.thread(
            name,
            doing(
              () => m.lock(),
              () => m.unlock(),
            ),
          );
        }
      });
      expect(executions).toBe(interleavings(2, 2));
    });
  });
});
