import { describe, expect, it } from 'vitest';
import type { Sim } from '../../src/index.js';
import { dependencies } from './footprints.js';
import { doing, exploreAll, found, outcomes, violationsOf } from './support.js';

describe('rcu', () => {
  it('should never block readers, nested ones included', () => {
    const report = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      for (const name of ['A', 'B']) {
        sim.thread(
          name,
          doing(
            () => rcu.readLock(),
            () => rcu.readLock(),
            () => rcu.readUnlock(),
            () => rcu.readUnlock(),
          ),
        );
      }
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 70 });
  });

  it('should wait for readers that were inside, until they have left altogether', () => {
    const ends = outcomes((sim) => {
      const rcu = sim.rcu('rcu');
      const order: string[] = [];
      sim.thread('R', function* () {
        yield* rcu.readLock();
        order.push('in');
        yield* rcu.readLock();
        yield* rcu.readUnlock();
        yield* rcu.readUnlock();
        order.push('out');
      });
      sim.thread('W', function* () {
        yield* rcu.synchronize();
        order.push('done');
      });
      return () => order.join(' ');
    });
    // "in done out": the reader came in after synchronize had begun.
    expect(ends).toEqual(['"done in out"', '"in done out"', '"in out done"']);
  });

  it('should take two steps to synchronize, without readers too', () => {
    const report = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      sim.thread(
        'W',
        doing(() => rcu.synchronize()),
      );
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 2 });
  });

  it('should wait exactly for the readers inside at the beginning', () => {
    // The second section of the same reader is not waited for.
    const report = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      const begun = sim.atomic('begun', false);
      const done = sim.event('done');
      sim.thread(
        'R',
        doing(
          () => rcu.readLock(),
          () => sim.until(() => begun.peek()),
          () => rcu.readUnlock(),
          () => rcu.readLock(),
          () => done.wait(),
          () => rcu.readUnlock(),
        ),
      );
      sim.thread(
        'W',
        doing(
          () => begun.store(true),
          () => rcu.synchronize(),
          () => done.set(),
        ),
      );
    });
    // Begins inside the second section: waits for a reader that waits for it.
    const waitsForEver = report.violations.filter(({ kind }) => kind === 'deadlock');
    expect(waitsForEver).toHaveLength(1);
    // Began inside the first section, or before both: goes on.
    expect(report.executions).toBeGreaterThan(report.deadlocks);
    const late = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      const inside = sim.event('inside');
      const done = sim.event('done');
      sim.thread(
        'W',
        doing(
          () => rcu.synchronize(),
          () => done.set(),
        ),
      );
      // Comes in when synchronize has begun, because it looks for a step of the writer.
      sim.thread(
        'R',
        doing(
          () => done.wait(),
          () => rcu.readLock(),
          () => inside.set(),
          () => rcu.readUnlock(),
        ),
      );
    });
    expect(late.verdict).toBe('verified');
  });

  it('should keep the pre-existing readers of several threads apart', () => {
    const ends = outcomes((sim) => {
      const rcu = sim.rcu('rcu');
      const freed = sim.atomic('freed', false);
      const unlinked = sim.atomic('unlinked', false);
      for (const name of ['R1', 'R2']) {
        sim.thread(name, function* () {
          yield* rcu.readLock();
          if (!(yield* unlinked.load()))
            sim.assert(!(yield* freed.load()), 'seen after it was freed');
          yield* rcu.readUnlock();
        });
      }
      sim.thread(
        'W',
        doing(
          () => unlinked.store(true),
          () => rcu.synchronize(),
          () => freed.store(true),
        ),
      );
      return () => freed.peek();
    });
    expect(ends).toEqual(['true']);
  });

  it('should find the reader who is not waited for when the grace period comes first', () => {
    const found = violationsOf((sim) => {
      const rcu = sim.rcu('rcu');
      const freed = sim.atomic('freed', false);
      const unlinked = sim.atomic('unlinked', false);
      sim.thread('R', function* () {
        yield* rcu.readLock();
        if (!(yield* unlinked.load()))
          sim.assert(!(yield* freed.load()), 'seen after it was freed');
        yield* rcu.readUnlock();
      });
      sim.thread(
        'W',
        doing(
          () => rcu.synchronize(),
          () => unlinked.store(true),
          () => freed.store(true),
        ),
      );
    });
    expect(found).toEqual(['assertion: seen after it was freed']);
  });

  it('should be misused by an unlock outside and by a synchronize inside the own section', () => {
    expect(
      violationsOf((sim) => {
        const rcu = sim.rcu('rcu');
        sim.thread(
          'A',
          doing(() => rcu.readUnlock()),
        );
      }),
    ).toEqual(['lock-misuse: rcu']);
    const inside = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      sim.thread(
        'A',
        doing(
          () => rcu.readLock(),
          () => rcu.synchronize(),
        ),
      );
    });
    expect(found(inside)).toEqual(['lock-misuse: rcu']);
    expect(inside.deadlocks).toBe(0);
    expect(
      violationsOf((sim) => {
        const rcu = sim.rcu('rcu');
        sim.thread(
          'A',
          doing(
            () => rcu.readLock(),
            () => rcu.readUnlock(),
            () => rcu.synchronize(),
          ),
        );
      }),
    ).toEqual([]);
  });

  it('should keep domains apart', () => {
    expect(
      violationsOf((sim) => {
        const [a, b] = [sim.rcu('a'), sim.rcu('b')];
        sim.thread(
          'A',
          doing(
            () => a.readLock(),
            () => b.synchronize(),
            () => a.readUnlock(),
          ),
        );
      }),
    ).toEqual([]);
  });

  it('should be a deadlock when a reader never leaves', () => {
    expect(
      violationsOf((sim) => {
        const rcu = sim.rcu('rcu');
        const inside = sim.event('inside');
        sim.thread(
          'R',
          doing(
            () => rcu.readLock(),
            () => inside.set(),
          ),
        );
        sim.thread(
          'W',
          doing(
            () => inside.wait(),
            () => rcu.synchronize(),
          ),
        );
      }),
    ).toEqual(['deadlock: rcu']);
  });
});

describe('rcu.call', () => {
  const orders = (setup: (sim: Sim, order: string[]) => void): string[] =>
    outcomes((sim) => {
      const order: string[] = [];
      setup(sim, order);
      return () => order.join(' ');
    });

  it('should run every callback before the execution ends', () => {
    const ends = orders((sim, order) => {
      const rcu = sim.rcu('rcu');
      sim.thread(
        'A',
        doing(() =>
          rcu.call(function* () {
            order.push('called');
            yield* sim.pause();
            order.push('end');
          }),
        ),
      );
    });
    expect(ends).toEqual(['"called end"']);
  });

  it('should run callbacks in order, one at a time', () => {
    const ends = orders((sim, order) => {
      const rcu = sim.rcu('rcu');
      const callback = (name: string) =>
        function* () {
          order.push(`<${name}`);
          yield* sim.pause();
          order.push(`${name}>`);
        };
      sim.thread(
        'A',
        doing(
          () => rcu.call(callback('1')),
          () => rcu.call(callback('2')),
        ),
      );
    });
    expect(ends).toEqual(['"<1 1> <2 2>"']);
  });

  it('should keep the order of calls of different threads', () => {
    const ends = orders((sim, order) => {
      const rcu = sim.rcu('rcu');
      const calls: string[] = [];
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* rcu.call(function* () {
            order.push(`run ${name}`);
          });
          calls.push(name);
        });
      }
    });
    expect(ends).toEqual(['"run A run B"', '"run B run A"']);
  });

  it('should wait for readers that were inside when it was called', () => {
    const ends = outcomes((sim) => {
      const rcu = sim.rcu('rcu');
      const called = sim.atomic('called', false);
      const freed = sim.atomic('freed', false);
      sim.thread('R', function* () {
        yield* rcu.readLock();
        if (!(yield* called.load())) sim.assert(!(yield* freed.load()), 'called too early');
        yield* rcu.readUnlock();
      });
      sim.thread(
        'W',
        doing(
          () => called.store(true),
          () => rcu.call(doing(() => freed.store(true))),
        ),
      );
      return () => freed.peek();
    });
    expect(ends).toEqual(['true']);
  });

  it('should let callbacks share a grace period or not', () => {
    // Two calls, two callbacks of one step, and two steps for each batch.
    const steps = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const { violations } = exploreAll(
        (sim) => {
          const rcu = sim.rcu('rcu');
          for (const name of ['A', 'B'])
            sim.thread(
              name,
              doing(() => rcu.call(doing(() => sim.pause()))),
            );
          sim.finally(() => sim.fail('look'));
        },
        { strategy: 'random', seed, maxExecutions: 1 },
      );
      steps.add(violations[0]?.steps ?? 0);
    }
    expect([...steps].sort()).toEqual([6, 8]);
  });

  it('should be a deadlock when callbacks cannot run', () => {
    const report = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      const inside = sim.event('inside');
      sim.thread(
        'R',
        doing(
          () => rcu.readLock(),
          () => inside.set(),
        ),
      );
      sim.thread(
        'W',
        doing(
          () => inside.wait(),
          () => rcu.call(function* () {}),
        ),
      );
    });
    expect(found(report)).toEqual(['deadlock: rcu']);
    expect(report.deadlocks).toBe(report.executions);
  });

  it('should be a deadlock when a callback is left blocked', () => {
    expect(
      violationsOf((sim) => {
        const rcu = sim.rcu('rcu');
        const never = sim.event('never');
        sim.thread(
          'W',
          doing(() => rcu.call(doing(() => never.wait()))),
        );
      }),
    ).toEqual(['deadlock: never']);
  });

  it('should not keep an execution alive when nothing was called', () => {
    expect(
      violationsOf((sim) => {
        sim.rcu('rcu');
        sim.thread(
          'A',
          doing(() => sim.pause()),
        );
      }),
    ).toEqual([]);
  });

  it('should run what a callback calls', () => {
    const ends = orders((sim, order) => {
      const rcu = sim.rcu('rcu');
      sim.thread(
        'A',
        doing(() =>
          rcu.call(function* () {
            order.push('1');
            yield* rcu.call(function* () {
              order.push('2');
            });
            order.push('end of 1');
          }),
        ),
      );
    });
    expect(ends).toEqual(['"1 end of 1 2"']);
  });

  it('should report what goes wrong inside a callback', () => {
    const found = violationsOf((sim) => {
      const rcu = sim.rcu('rcu');
      sim.thread(
        'A',
        doing(() =>
          rcu.call(function* () {
            yield* sim.pause();
            sim.fail('inside');
          }),
        ),
      );
    });
    expect(found).toEqual(['assertion: inside']);
  });
});

describe('footprint of rcu', () => {
  it('should make sections of different threads independent', () => {
    const after = dependencies(
      (sim) => {
        const rcu = sim.rcu('rcu');
        for (const name of ['A', 'B'])
          sim.thread(
            name,
            doing(
              () => rcu.readLock(),
              () => rcu.readUnlock(),
            ),
          );
      },
      ['A', 'B', 'B', 'A'],
    );
    expect(after).toEqual([[], [], [1], [0]]);
  });

  it('should make both steps of synchronize read every section they look at', () => {
    const after = dependencies(
      (sim) => {
        const rcu = sim.rcu('rcu');
        sim.thread(
          'A',
          doing(
            () => rcu.readLock(),
            () => rcu.readUnlock(),
          ),
        );
        sim.thread(
          'B',
          doing(
            () => rcu.readLock(),
            () => rcu.readUnlock(),
          ),
        );
        sim.thread(
          'W',
          doing(() => rcu.synchronize()),
        );
      },
      ['A', 'W', 'B', 'B', 'A', 'W'],
    );
    // 0 A in, 1 begin, 2 B in, 3 B out, 4 A out, 5 end: B came later and is not looked at.
    expect(after[1]).toContain(0);
    expect(after[2]).toContain(1);
    expect(after[4]).toContain(1);
    expect(after[5]).toContain(4);
    expect(after[5]).not.toContain(2);
    expect(after[5]).not.toContain(3);
  });

  it('should make grace periods independent of each other', () => {
    const { executions } = exploreAll((sim) => {
      const rcu = sim.rcu('rcu');
      for (const name of ['A', 'B'])
        sim.thread(
          name,
          doing(() => rcu.synchronize()),
        );
    });
    expect(executions).toBe(6);
    const after = dependencies(
      (sim) => {
        const rcu = sim.rcu('rcu');
        for (const name of ['A', 'B'])
          sim.thread(
            name,
            doing(() => rcu.synchronize()),
          );
      },
      ['A', 'B', 'B', 'A'],
    );
    expect(after).toEqual([[], [], [1], [0]]);
  });

  it('should order calls with each other and before what takes them', () => {
    const after = dependencies(
      (sim) => {
        const rcu = sim.rcu('rcu');
        for (const name of ['A', 'B'])
          sim.thread(
            name,
            doing(() => rcu.call(function* () {})),
          );
      },
      ['A', 'B'],
    );
    // 0 call, 1 call, 2 take, 3 grace
    expect(after[1]).toContain(0);
    expect(after[2]).toContain(1);
    expect(after[3]).toContain(2);
  });
});
