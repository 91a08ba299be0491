import { describe, expect, it } from 'vitest';
import { type Atomic, explore, type Sim, scenario } from '../../src/index.js';
import { doing, exhaustive, exploreAll, found, violationsOf } from '../sim/support.js';

describe('a violation when the search continues', () => {
  it('should end only the thread that hit it', () => {
    const ends = new Set<string>();
    const report = exploreAll((sim) => {
      const a = sim.atomic('a', 0);
      const b = sim.atomic('b', 0);
      sim.thread('A', function* () {
        yield* a.store(1);
        sim.fail('A fails');
        yield* a.store(2);
      });
      sim.thread(
        'B',
        doing(
          () => b.store(1),
          () => b.store(2),
        ),
      );
      sim.finally(() => ends.add(`${a.peek()} ${b.peek()}`));
    });
    expect([...ends]).toEqual(['1 2']);
    expect(report).toMatchObject({ executions: 3, failing: 3, deadlocks: 0, complete: true });
    expect(found(report)).toEqual(['assertion: A fails']);
  });

  it('should end the execution when one failure is enough', () => {
    const report = exploreAll(
      (sim) => {
        sim.thread('A', function* () {
          yield* sim.pause();
          sim.fail('A fails');
        });
        sim.thread(
          'B',
          doing(
            () => sim.pause(),
            () => sim.pause(),
          ),
        );
      },
      { stopAfter: 1 },
    );
    expect(report).toMatchObject({ executions: 1, failing: 1, steps: 1, complete: false });
  });

  it.each(exhaustive)(
    'should leave the search incomplete where steps were left under %s',
    (strategy) => {
      const first = (others: (sim: Sim) => void): boolean =>
        explore(
          scenario('first', (sim) => {
            sim.thread('A', function* () {
              yield* sim.spawn('B', function* () {
                others(sim);
                yield* sim.pause();
              });
              sim.fail('A fails');
            });
          }),
          { strategy },
        ).complete;
      expect(first(() => undefined)).toBe(false);
      expect(first((sim) => sim.fail('B never begins'))).toBe(true);
    },
  );

  it.each([
    ['fails again', (sim: Sim) => sim.fail('second')],
    [
      'throws',
      () => {
        throw new Error('second');
      },
    ],
    ['goes on', () => undefined],
  ] as const)('should be the first of a step, when the thread catches it and %s', (_, after) => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        yield* sim.pause();
        try {
          sim.fail('first');
        } catch {
          after(sim);
        }
        yield* sim.pause();
      });
    });
    expect(found(report)).toEqual(['assertion: first']);
    expect(report).toMatchObject({ executions: 1, failing: 1, steps: 1 });
  });

  it('should count an execution with several violations once', () => {
    const report = exploreAll((sim) => {
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* sim.pause();
          sim.fail(`${name} fails`);
        });
      }
      sim.invariant('never', () => false);
      sim.finally(() => sim.fail('end'));
    });
    expect(report).toMatchObject({ executions: 2, failing: 2 });
    expect(found(report)).toEqual([
      'assertion: A fails',
      'assertion: B fails',
      'assertion: end',
      'invariant: never',
    ]);
  });

  it('should keep locks held, and not report the deadlock that only follows', () => {
    const report = exploreAll((sim) => {
      const m = sim.mutex('m');
      sim.thread('A', function* () {
        yield* m.lock();
        sim.fail('A fails');
      });
      sim.thread(
        'B',
        doing(
          () => m.lock(),
          () => m.unlock(),
        ),
      );
      sim.finally(() => sim.fail('nobody is blocked'));
    });
    expect(found(report)).toEqual(['assertion: A fails', 'assertion: nobody is blocked']);
    expect(report).toMatchObject({ executions: 2, failing: 2, deadlocks: 0 });
  });

  it('should report a deadlock of others that would be one anyway', () => {
    const report = exploreAll((sim) => {
      const [a, b] = ['a', 'b'].map((name) => sim.mutex(name));
      sim.thread('fails', function* () {
        yield* sim.pause();
        sim.fail('unrelated');
      });
      sim.thread(
        'A',
        doing(
          () => a!.lock(),
          () => b!.lock(),
          () => b!.unlock(),
          () => a!.unlock(),
        ),
      );
      sim.thread(
        'B',
        doing(
          () => b!.lock(),
          () => a!.lock(),
          () => a!.unlock(),
          () => b!.unlock(),
        ),
      );
    });
    expect(found(report)).toEqual(['assertion: unrelated', 'deadlock: a, b']);
    expect(report.failing).toBe(report.executions);
    expect(report.deadlocks).toBeGreaterThan(0);
  });

  it('should not hide a deadlock or a leak when it is of an invariant, which ends no thread', () => {
    const broken = (sim: Sim): Atomic<number> => {
      const x = sim.atomic('x', 0);
      sim.invariant('x is 0', () => x.peek() === 0);
      return x;
    };
    const stuck = violationsOf((sim) => {
      const x = broken(sim);
      const never = sim.event('never');
      sim.thread(
        'A',
        doing(
          () => x.store(1),
          () => never.wait(),
        ),
      );
      sim.thread(
        'B',
        doing(() => x.store(0)),
      );
    });
    expect(stuck).toEqual(['deadlock: never', 'invariant: x is 0']);
    const setup = (sim: Sim): void => {
      const x = broken(sim);
      sim.block('b');
      sim.thread(
        'A',
        doing(() => x.store(1)),
      );
      sim.finally(() => sim.assert(x.peek() === 0, 'x is 1'));
    };
    expect(violationsOf(setup, { leakCheck: true })).toEqual([
      'assertion: x is 1',
      'invariant: x is 0',
      'leak: b',
    ]);
  });

  it('should let what the step did before stay, and a step that fails have no effect', () => {
    const ends = new Set<string>();
    exploreAll((sim) => {
      const r = sim.refcount('r', 0);
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(() => r.put()),
      );
      sim.thread('B', function* () {
        yield* x.store(1);
        sim.fail('after');
      });
      sim.finally(() => ends.add(`${r.peek()} ${x.peek()}`));
    });
    expect([...ends]).toEqual(['0 1']);
  });

  it('should leave a read section open, for which a grace period then waits', () => {
    const report = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      sim.thread('R', function* () {
        yield* rcu.readLock();
        sim.fail('inside');
      });
      sim.thread(
        'W',
        doing(() => rcu.synchronize()),
      );
    });
    expect(found(report)).toEqual(['assertion: inside']);
    expect(report.deadlocks).toBe(0);
  });

  it.each(exhaustive)('should be found next to all others under %s', (strategy) => {
    const report = explore(
      scenario('several', (sim) => {
        const x = sim.atomic('x', 0);
        for (const value of [1, 2, 3]) {
          sim.thread(`T${value}`, function* () {
            const seen = yield* x.exchange(value);
            sim.assert(seen !== value - 1 || seen === 0, `${seen} before ${value}`);
          });
        }
      }),
      { strategy, stopAfter: Infinity },
    );
    expect(found(report)).toEqual(['assertion: 1 before 2', 'assertion: 2 before 3']);
  });

  it('should stop after as many failing executions as asked for', () => {
    const setup = (): Parameters<typeof exploreAll>[0] => (sim) => {
      for (const name of ['A', 'B', 'C'])
        sim.thread(
          name,
          doing(() => sim.pause()),
        );
      sim.finally(() => sim.fail('always'));
    };
    for (const stopAfter of [1, 2, 5]) {
      expect(exploreAll(setup(), { stopAfter })).toMatchObject({
        executions: stopAfter,
        failing: stopAfter,
        complete: false,
      });
    }
    expect(exploreAll(setup(), { stopAfter: 6 })).toMatchObject({ executions: 6, complete: true });
  });
});
