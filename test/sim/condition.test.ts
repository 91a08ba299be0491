import { describe, expect, it } from 'vitest';
import { dependencies } from './footprints.js';
import { doing, exploreAll, found, outcomes, violationsOf } from './support.js';

describe('condition', () => {
  it('should release the mutex while waiting and hold it again afterwards', () => {
    const report = exploreAll((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const locked = sim.event('locked');
      sim.thread('waiter', function* () {
        yield* m.lock();
        yield* locked.set();
        yield* c.wait();
        sim.assert((yield* sim.step('look', () => m.holder)) === 'waiter', 'holds the mutex');
        yield* m.unlock();
      });
      sim.thread('signaller', function* () {
        // Gets in only because the waiter lets go.
        yield* locked.wait();
        yield* m.lock();
        yield* c.signal();
        sim.assert((yield* sim.step('look', () => m.holder)) === 'signaller', 'still holds it');
        yield* m.unlock();
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', failing: 0 });
    expect(report.executions).toBeGreaterThan(0);
  });

  it('should take two steps to wait: release, and wake', () => {
    const { violations } = exploreAll((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const locked = sim.event('locked');
      sim.thread(
        'waiter',
        doing(
          () => m.lock(),
          () => locked.set(),
          () => c.wait(),
          () => m.unlock(),
        ),
      );
      sim.thread(
        'signaller',
        doing(
          () => locked.wait(),
          () => m.lock(),
          () => c.signal(),
          () => m.unlock(),
        ),
      );
      sim.finally(() => sim.fail('look'));
    });
    const waits = violations[0]?.events.filter(
      ({ thread, object }) => thread === 'waiter' && object === 'c',
    );
    expect(waits?.map(({ operation }) => operation)).toEqual(['wait', 'wake']);
  });

  it('should wake any one of the waiters by a signal', () => {
    const woken = outcomes((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const waiting = sim.atomic('waiting', 0);
      const first = sim.atomic('first', '');
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          yield* m.lock();
          yield* waiting.fetchAdd(1);
          yield* c.wait();
          yield* first.compareExchange('', name);
          // The others go on one after another.
          yield* c.signal();
          yield* m.unlock();
        });
      }
      sim.thread(
        'signaller',
        doing(
          () => sim.until(() => waiting.peek() === 3 && m.holder === undefined),
          () => c.signal(),
        ),
      );
      return () => first.peek();
    });
    expect(woken).toEqual(['"A"', '"B"', '"C"']);
  });

  it('should choose the waiter independently of the order of waiting', () => {
    const pairs = outcomes((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const waiting = sim.atomic('waiting', 0);
      const order: string[] = [];
      const woken: string[] = [];
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* m.lock();
          order.push(name);
          yield* waiting.fetchAdd(1);
          yield* c.wait();
          woken.push(name);
          yield* c.signal();
          yield* m.unlock();
        });
      }
      sim.thread(
        'S',
        doing(
          () => sim.until(() => waiting.peek() === 2 && m.holder === undefined),
          () => c.signal(),
        ),
      );
      return () => [order.join(''), woken.join('')];
    });
    expect(pairs).toEqual(['["AB","AB"]', '["AB","BA"]', '["BA","AB"]', '["BA","BA"]']);
  });

  it('should wake one by a signal and all by a broadcast', () => {
    const wake = (all: boolean): string[] =>
      violationsOf((sim) => {
        const m = sim.mutex('m');
        const c = sim.condition('c', m);
        const waiting = sim.atomic('waiting', 0);
        for (const name of ['A', 'B']) {
          sim.thread(
            name,
            doing(
              () => m.lock(),
              () => waiting.fetchAdd(1),
              () => c.wait(),
              () => m.unlock(),
            ),
          );
        }
        sim.thread(
          'S',
          doing(
            () => sim.until(() => waiting.peek() === 2 && m.holder === undefined),
            () => (all ? c.broadcast() : c.signal()),
          ),
        );
      });
    expect(wake(true)).toEqual([]);
    expect(wake(false)).toEqual(['deadlock: c']);
  });

  it('should lose a signal that nobody waits for', () => {
    const report = exploreAll((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      sim.thread(
        'waiter',
        doing(
          () => m.lock(),
          () => c.wait(),
          () => m.unlock(),
        ),
      );
      sim.thread(
        'signaller',
        doing(() => c.signal()),
      );
    });
    expect(found(report)).toEqual(['deadlock: c']);
    // The signal comes before, between or after lock and wait: only the last helps.
    expect(report).toMatchObject({ executions: 3, failing: 2, deadlocks: 2 });
  });

  it('should not lose a signal that is given under the mutex to one who checks first', () => {
    const ends = outcomes((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const ready = sim.atomic('ready', false);
      sim.thread('waiter', function* () {
        yield* m.lock();
        while (!(yield* ready.load())) yield* c.wait();
        yield* m.unlock();
      });
      sim.thread(
        'signaller',
        doing(
          () => m.lock(),
          () => ready.store(true),
          () => c.signal(),
          () => m.unlock(),
        ),
      );
      return () => ready.peek();
    });
    expect(ends).toEqual(['true']);
  });

  it('should have no spurious wake-ups', () => {
    const found = violationsOf((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => c.wait(),
        ),
      );
    });
    expect(found).toEqual(['deadlock: c']);
  });

  it('should deadlock on the mutex when the signaller keeps it', () => {
    const found = violationsOf((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const locked = sim.event('locked');
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => locked.set(),
          () => c.wait(),
        ),
      );
      sim.thread(
        'B',
        doing(
          () => locked.wait(),
          () => m.lock(),
          () => c.signal(),
        ),
      );
    });
    expect(found).toEqual(['deadlock: m']);
  });

  it('should be misused by a wait without the mutex', () => {
    const without = exploreAll((sim) => {
      const c = sim.condition('c', sim.mutex('m'));
      sim.thread(
        'A',
        doing(() => c.wait()),
      );
    });
    expect(without).toMatchObject({ executions: 1, failing: 1, deadlocks: 0 });
    expect(without.violations[0]?.kind).toBe('lock-misuse');
    const anothers = violationsOf((sim) => {
      const m = sim.mutex('m');
      const c = sim.condition('c', m);
      const locked = sim.event('locked');
      sim.thread(
        'owner',
        doing(
          () => m.lock(),
          () => locked.set(),
        ),
      );
      sim.thread(
        'A',
        doing(
          () => locked.wait(),
          () => c.wait(),
        ),
      );
    });
    expect(anothers).toHaveLength(1);
    expect(anothers[0]).toMatch(/^lock-misuse/);
  });

  it('should allow signals without the mutex', () => {
    const found = violationsOf((sim) => {
      const c = sim.condition('c', sim.mutex('m'));
      sim.thread(
        'A',
        doing(
          () => c.signal(),
          () => c.broadcast(),
        ),
      );
    });
    expect(found).toEqual([]);
  });

  it('should write the condition with each operation, and the mutex with wait and wake', () => {
    const after = dependencies(
      (sim) => {
        const m = sim.mutex('m');
        const c = sim.condition('c', m);
        sim.thread(
          'W',
          doing(
            () => m.lock(),
            () => c.wait(),
            () => m.unlock(),
          ),
        );
        sim.thread(
          'S',
          doing(
            () => c.signal(),
            () => c.broadcast(),
          ),
        );
        sim.thread(
          'T',
          doing(
            () => m.tryLock(),
            () => sim.pause(),
          ),
        );
      },
      ['W', 'W', 'S', 'T', 'T', 'S'],
    );
    // 0 lock, 1 wait, 2 signal, 3 tryLock (succeeds), 4 pause, 5 broadcast: W is never woken.
    expect(after[2]).toEqual([1]);
    expect(after[3]).toEqual([1]);
    expect(after[5]).toContain(2);
  });
});
