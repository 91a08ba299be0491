import { describe, expect, it } from 'vitest';
import { explore, type Sim, scenario } from '../../src/index.js';
import { dependent } from './footprints.js';
import { doing, found, strategyNames, thorough, violationsOf } from './support.js';

/** Programs whose accesses are ordered: a race reported in one of them is false. */
const ordered: Record<string, (sim: Sim) => void> = {
  'set-up, spawn and join'(sim) {
    const x = sim.plain('x', 0);
    const first = sim.thread(
      'first',
      doing(() => x.write(1)),
    );
    sim.thread('second', function* () {
      yield* first.join();
      yield* x.write(2);
      const child = yield* sim.spawn(
        'child',
        doing(
          () => x.read(),
          () => x.write(3),
        ),
      );
      yield* child.join();
      yield* x.read();
    });
  },
  'mutex, tryLock included'(sim) {
    const x = sim.plain('x', 0);
    const m = sim.mutex('m');
    sim.thread(
      'A',
      doing(
        () => m.lock(),
        () => x.write(1),
        () => m.unlock(),
      ),
    );
    sim.thread('B', function* () {
      if (!(yield* m.tryLock())) return;
      yield* x.write((yield* x.read()) + 1);
      yield* m.unlock();
    });
  },
  event(sim) {
    const x = sim.plain('x', 0);
    const ready = sim.event('ready');
    sim.thread(
      'A',
      doing(
        () => x.write(1),
        () => ready.set(),
      ),
    );
    sim.thread(
      'B',
      doing(
        () => ready.wait(),
        () => x.read(),
      ),
    );
    sim.thread(
      'C',
      doing(
        () => ready.wait(),
        () => x.read(),
      ),
    );
  },
  semaphore(sim) {
    const x = sim.plain('x', 0);
    const full = sim.semaphore('full', 0);
    const empty = sim.semaphore('empty', 1);
    sim.thread('producer', function* () {
      for (let i = 0; i < 2; i++) {
        yield* empty.wait();
        yield* x.write(i);
        yield* full.post();
      }
    });
    sim.thread('consumer', function* () {
      for (let i = 0; i < 2; i++) {
        yield* full.wait();
        sim.assert((yield* x.read()) === i, 'in order');
        yield* empty.post();
      }
    });
  },
  rwlock(sim) {
    const x = sim.plain('x', 0);
    const l = sim.rwlock('l');
    for (const name of ['R1', 'R2']) {
      sim.thread(
        name,
        doing(
          () => l.readLock(),
          () => x.read(),
          () => l.readUnlock(),
        ),
      );
    }
    sim.thread(
      'W',
      doing(
        () => l.writeLock(),
        () => x.write(1),
        () => l.writeUnlock(),
      ),
    );
  },
  condition(sim) {
    const x = sim.plain('x', 0);
    const ready = sim.plain('ready', false);
    const m = sim.mutex('m');
    const c = sim.condition('c', m);
    sim.thread(
      'A',
      doing(
        () => m.lock(),
        () => x.write(1),
        () => ready.write(true),
        () => c.signal(),
        () => m.unlock(),
      ),
    );
    sim.thread('B', function* () {
      yield* m.lock();
      while (!(yield* ready.read())) yield* c.wait();
      yield* x.read();
      yield* m.unlock();
    });
  },
  'rcu: a writer after a grace period'(sim) {
    const old = sim.plain('old', 1);
    const current = sim.atomic('current', 'old');
    const rcu = sim.rcu('rcu');
    sim.thread('reader', function* () {
      yield* rcu.readLock();
      if ((yield* current.load()) === 'old') yield* old.read();
      yield* rcu.readUnlock();
    });
    sim.thread('writer', function* () {
      yield* current.store('new');
      yield* rcu.synchronize();
      yield* old.write(0);
    });
  },
  'rcu: a callback after a grace period'(sim) {
    const old = sim.plain('old', 1);
    const current = sim.atomic('current', 'old');
    const rcu = sim.rcu('rcu');
    sim.thread('reader', function* () {
      yield* rcu.readLock();
      if ((yield* current.load()) === 'old') yield* old.read();
      yield* rcu.readUnlock();
    });
    sim.thread(
      'writer',
      doing(
        () => current.store('new'),
        () => rcu.call(doing(() => old.write(0))),
      ),
    );
  },
  'atomic: message passing'(sim) {
    const x = sim.plain('x', 0);
    const flag = sim.atomic('flag', false);
    sim.thread(
      'A',
      doing(
        () => x.write(1),
        () => flag.store(true),
      ),
    );
    sim.thread('B', function* () {
      if (yield* flag.load()) yield* x.read();
    });
  },
  'until on an atomic'(sim) {
    const x = sim.plain('x', 0);
    const flag = sim.atomic('flag', false);
    sim.thread(
      'A',
      doing(
        () => x.write(1),
        () => flag.store(true),
      ),
    );
    sim.thread(
      'B',
      doing(
        () => sim.until(() => flag.peek()),
        () => x.write(2),
      ),
    );
  },
  'refcount: the last one cleans up'(sim) {
    const x = sim.plain('x', 0);
    const r = sim.refcount('r', 2);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        yield* x.read();
        if (yield* r.put()) yield* x.write(0);
      });
    }
  },
  'timer: armed before it fires'(sim) {
    const x = sim.plain('x', 0);
    const clock = sim.clock('clock');
    const timer = clock.timer(
      'timer',
      doing(() => x.read()),
    );
    sim.thread(
      'A',
      doing(
        () => x.write(1),
        () => timer.arm(1),
      ),
    );
  },
  'readers only'(sim) {
    const x = sim.plain('x', 0);
    for (const name of ['A', 'B', 'C'])
      sim.thread(
        name,
        doing(() => x.read()),
      );
  },
  'a lock made of steps, tried once'(sim) {
    const x = sim.plain('x', 0);
    const taken = sim.atomic('taken', false);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        const mine = yield* sim.step('try', () => {
          if (taken.peek()) return false;
          taken.poke(true);
          return true;
        });
        if (!mine) return;
        yield* x.write((yield* x.read()) + 1);
        yield* taken.store(false);
      });
    }
  },
  'steps of one thread'(sim) {
    const x = sim.plain('x', 0);
    sim.thread(
      'A',
      doing(
        () => sim.step('grow', () => x.poke(x.peek() + 1)),
        () => x.read(),
      ),
    );
    sim.thread(
      'B',
      doing(() => sim.pause()),
    );
  },
};

/** Programs with a race that no lucky order hides. */
const racy: Record<string, (sim: Sim) => void> = {
  'write and write'(sim) {
    const x = sim.plain('x', 0);
    for (const name of ['A', 'B'])
      sim.thread(
        name,
        doing(() => x.write(1)),
      );
  },
  'write and read'(sim) {
    const x = sim.plain('x', 0);
    sim.thread(
      'A',
      doing(() => x.write(1)),
    );
    sim.thread(
      'B',
      doing(() => x.read()),
    );
  },
  'different locks'(sim) {
    const x = sim.plain('x', 0);
    const a = sim.mutex('a');
    const b = sim.mutex('b');
    sim.thread(
      'A',
      doing(
        () => a.lock(),
        () => x.write(1),
        () => a.unlock(),
      ),
    );
    sim.thread(
      'B',
      doing(
        () => b.lock(),
        () => x.write(1),
        () => b.unlock(),
      ),
    );
  },
  'a writer under a read lock'(sim) {
    const x = sim.plain('x', 0);
    const l = sim.rwlock('l');
    for (const name of ['A', 'B']) {
      sim.thread(
        name,
        doing(
          () => l.readLock(),
          () => x.write(1),
          () => l.readUnlock(),
        ),
      );
    }
  },
  'the parent after a spawn'(sim) {
    const x = sim.plain('x', 0);
    sim.thread(
      'parent',
      doing(
        () =>
          sim.spawn(
            'child',
            doing(() => x.write(1)),
          ),
        () => x.write(2),
      ),
    );
  },
  'a write after the event was set'(sim) {
    const x = sim.plain('x', 0);
    const ready = sim.event('ready');
    sim.thread(
      'A',
      doing(
        () => ready.set(),
        () => x.write(1),
      ),
    );
    sim.thread(
      'B',
      doing(
        () => ready.wait(),
        () => x.read(),
      ),
    );
  },
  'no grace period'(sim) {
    const x = sim.plain('x', 0);
    const rcu = sim.rcu('rcu');
    sim.thread(
      'reader',
      doing(
        () => rcu.readLock(),
        () => x.read(),
        () => rcu.readUnlock(),
      ),
    );
    sim.thread(
      'writer',
      doing(() => x.write(1)),
    );
  },
  'a timer that is armed too early'(sim) {
    const x = sim.plain('x', 0);
    const clock = sim.clock('clock');
    const timer = clock.timer(
      'timer',
      doing(() => x.read()),
    );
    sim.thread(
      'A',
      doing(
        () => timer.arm(1),
        () => x.write(1),
      ),
    );
  },
  'a step beside a write'(sim) {
    const x = sim.plain('x', 0);
    sim.thread(
      'A',
      doing(() => sim.step('look', () => x.peek())),
    );
    sim.thread(
      'B',
      doing(() => x.write(1)),
    );
  },
  'a poke beside a read'(sim) {
    const x = sim.plain('x', 0);
    sim.thread(
      'A',
      doing(() => sim.step('change', () => x.poke(1))),
    );
    sim.thread(
      'B',
      doing(() => x.read()),
    );
  },
};

describe('plain', () => {
  it('should return what was written', () => {
    expect(
      violationsOf((sim) => {
        const x = sim.plain('x', 'old');
        sim.thread('A', function* () {
          sim.assert((yield* x.read()) === 'old', 'the initial value');
          yield* x.write('new');
          sim.assert((yield* x.read()) === 'new', 'the new value');
        });
        sim.finally(() => sim.assert(x.peek() === 'new', 'at the end'));
      }),
    ).toEqual([]);
  });

  const programs = Object.entries(ordered).flatMap(([name, setup]) =>
    strategyNames.map((strategy) => [name, strategy, setup] as const),
  );
  it.each(programs)('should see no race in "%s" under %s', (_name, strategy, setup) => {
    const report = explore(scenario('ordered', setup), {
      ...thorough(strategy),
      stopAfter: Infinity,
    });
    expect(found(report)).toEqual([]);
  });

  const races = Object.entries(racy).flatMap(([name, setup]) =>
    strategyNames.map((strategy) => [name, strategy, setup] as const),
  );
  it.each(races)('should find the race of "%s" under %s', (_name, strategy, setup) => {
    const report = explore(scenario('racy', setup), { ...thorough(strategy), stopAfter: Infinity });
    expect(found(report)).toEqual(['data-race: x']);
  });

  it.each(Object.entries(racy))(
    'should find the race of "%s" in every execution',
    (name, setup) => {
      const { executions, failing } = explore(scenario('racy', setup), {
        strategy: 'dfs',
        stopAfter: Infinity,
      });
      // Locks and grace periods order some executions by chance; what is never ordered always races.
      if (/write and|step|poke|spawn|read lock|grace/.test(name)) expect(failing).toBe(executions);
      else expect(failing).toBeGreaterThan(0);
    },
  );

  it('should leave the value alone and end the thread when an access races', () => {
    const report = explore(
      scenario('racy', (sim) => {
        const x = sim.plain('x', 0);
        const reached = sim.atomic('reached', 0);
        for (const value of [1, 2]) {
          sim.thread(
            `T${value}`,
            doing(
              () => x.write(value),
              () => reached.fetchAdd(1),
            ),
          );
        }
        sim.finally(() => {
          sim.assert(reached.peek() === 1, 'the second thread has ended');
          sim.assert(x.peek() !== 0, 'the first write has taken place');
        });
      }),
      { strategy: 'dfs', stopAfter: Infinity },
    );
    expect(found(report)).toEqual(['data-race: x']);
    expect(report.failing).toBe(report.executions);
  });

  it('should not take looks of invariants, until and final checks for accesses', () => {
    const found = violationsOf((sim) => {
      const x = sim.plain('x', 0);
      const done = sim.atomic('done', false);
      sim.thread(
        'A',
        doing(
          () => x.write(1),
          () => done.store(true),
        ),
      );
      sim.thread(
        'B',
        doing(() => sim.until(() => done.peek() || x.peek() > 5)),
      );
      sim.invariant('small', () => x.peek() < 2);
      sim.finally(() => sim.assert(x.peek() === 1, () => `x is ${x.peek()}`));
    });
    expect(found).toEqual([]);
  });

  it('should name both accesses in the message', () => {
    const { violations } = explore(
      scenario('racy', (sim) => {
        const x = sim.plain('x', 0);
        sim.thread(
          'A',
          doing(() => x.write(1)),
        );
        sim.thread(
          'B',
          doing(() => x.read()),
        );
      }),
      { strategy: 'dfs', stopAfter: Infinity },
    );
    expect(violations).toHaveLength(2);
    for (const { message } of violations) {
      expect(message).toMatch(/read/);
      expect(message).toMatch(/write/);
      expect(message).toMatch(/\bA\b/);
      expect(message).toMatch(/\bB\b/);
    }
  });

  it('should have the footprint of a variable', () => {
    const pair = (a: 'read' | 'write', b: 'read' | 'write'): boolean =>
      dependent((sim) => {
        const x = sim.plain('x', 0);
        const access = { read: () => x.read(), write: () => x.write(0) };
        return { A: [access[a]], B: [access[b]] };
      });
    expect(pair('read', 'read')).toBe(false);
    expect(pair('read', 'write')).toBe(true);
    expect(pair('write', 'read')).toBe(true);
    expect(pair('write', 'write')).toBe(true);
  });

  it('should keep the set-up ordered before every thread, and detect races from the first step on', () => {
    // The variable appears only in the middle: what happened before must count.
    const found = violationsOf((sim) => {
      const ready = sim.event('ready');
      let late: ReturnType<Sim['plain']> | undefined;
      sim.thread('A', function* () {
        yield* sim.pause();
        const x = sim.plain<unknown>('late', 0);
        late = x;
        yield* x.write(1);
        yield* ready.set();
      });
      sim.thread('B', function* () {
        yield* ready.wait();
        yield* late!.read();
      });
    });
    expect(found).toEqual([]);
  });
});
