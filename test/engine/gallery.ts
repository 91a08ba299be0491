import type { ScenarioOptions, Sim } from '../../src/index.js';
import { type Scenario, scenario } from '../../src/index.js';
import { doing } from '../sim/support.js';

/** Legal programs that hold, with every primitive between them, and programs that fail, with what they fail of. */

export const holding: readonly Scenario[] = [
  scenario('children with the same name', (sim) => {
    const x = sim.atomic('x', 0);
    for (const parent of ['A', 'B']) {
      sim.thread(parent, function* () {
        const first = yield* sim.spawn(
          'child',
          doing(() => x.fetchAdd(1)),
        );
        const second = yield* sim.spawn(
          'child',
          doing(() => x.fetchAdd(1)),
        );
        yield* first.join();
        yield* second.join();
      });
    }
    sim.finally(() => sim.assert(x.peek() === 4, 'four children'));
  }),
  scenario('blocks that threads allocate', (sim) => {
    const mailbox = sim.atomic<ReturnType<Sim['block']> | undefined>('mailbox', undefined);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        const block = yield* sim.alloc('b');
        const value = block.atomic('value', 0);
        yield* value.fetchAdd(1);
        const other = yield* mailbox.exchange(block);
        if (other !== undefined) yield* sim.free(other);
      });
    }
    sim.thread('C', function* () {
      const last = yield* mailbox.exchange(undefined);
      if (last !== undefined) yield* sim.free(last);
    });
  }),
  scenario('condition: whom a signal wakes', (sim) => {
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
        () => c.signal(),
        () => c.signal(),
      ),
    );
  }),
  scenario('timers and a sleeper', (sim) => {
    const clock = sim.clock('clock');
    const x = sim.atomic('x', 0);
    const [a, b] = ['a', 'b'].map((name) =>
      clock.timer(
        name,
        doing(() => x.fetchAdd(1)),
      ),
    );
    sim.thread(
      'A',
      doing(
        () => a!.arm(5),
        () => b!.arm(1),
        () => clock.sleep(3),
        () => a!.cancel(),
      ),
    );
  }),
  scenario('rcu: readers, a writer and a callback', (sim) => {
    const rcu = sim.rcu('rcu');
    const current = sim.atomic('current', 1);
    const freed = sim.atomic('freed', 0);
    sim.thread('R', function* () {
      yield* rcu.readLock();
      const seen = yield* current.load();
      sim.assert((yield* freed.load()) !== seen, 'reads what was freed');
      yield* rcu.readUnlock();
    });
    sim.thread(
      'W',
      doing(
        () => current.store(2),
        () => rcu.call(doing(() => freed.store(1))),
      ),
    );
  }),
  scenario('locks of every kind', (sim) => {
    const l = sim.rwlock('l');
    const s = sim.semaphore('s', 1);
    const e = sim.event('e');
    sim.thread(
      'A',
      doing(
        () => s.wait(),
        () => l.writeLock(),
        () => e.set(),
        () => l.writeUnlock(),
        () => s.post(),
      ),
    );
    sim.thread(
      'B',
      doing(
        () => e.wait(),
        () => l.readLock(),
        () => l.readUnlock(),
      ),
    );
    sim.thread(
      'C',
      doing(
        () => l.readLock(),
        () => l.readUnlock(),
      ),
    );
  }),
  scenario('objects made by threads', (sim) => {
    const total = sim.atomic('total', 0);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        const mine = sim.atomic('mine', 1);
        yield* mine.fetchAdd(1);
        const m = sim.mutex('m');
        yield* m.lock();
        yield* total.fetchAdd(yield* mine.load());
        yield* m.unlock();
      });
    }
    sim.finally(() => sim.assert(total.peek() === 4, 'total'));
  }),
  scenario('choices and steps', (sim) => {
    const x = sim.atomic('x', 0);
    const r = sim.refcount('r', 2);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        const way = yield* sim.choose(3, 'way');
        yield* sim.step('add', () => x.poke(x.peek() + way));
        if (way > 0) yield* r.tryGet();
      });
    }
    sim.invariant('at most four', () => x.peek() <= 4);
  }),
  scenario('local state of one thread, and results in JavaScript variables', (sim) => {
    const x = sim.atomic('x', 0);
    let child = 0;
    const worker = sim.thread('worker', function* () {
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) seen.push(yield* x.fetchAdd(1));
      child = seen.length;
    });
    sim.thread('boss', function* () {
      // Ordered by the join: no hidden sharing.
      yield* worker.join();
      yield* x.store(child);
    });
  }),
];

export interface Failing {
  readonly scenario: Scenario;
  readonly kind: string;
  readonly property: string;
}

const failing = (
  kind: string,
  property: string,
  name: string,
  setup: (sim: Sim) => void,
  about: ScenarioOptions = {},
): Failing => ({ kind, property, scenario: scenario(name, setup, about) });

export const failures: readonly Failing[] = [
  failing('assertion', 'an update was lost', 'lost-update', (sim) => {
    const x = sim.atomic('x', 0);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        yield* x.store((yield* x.load()) + 1);
      });
    }
    sim.finally(() => sim.assert(x.peek() === 2, 'an update was lost'));
  }),
  failing('invariant', 'not both', 'both-inside', (sim) => {
    const inside = ['A', 'B'].map((name) => sim.atomic(name, 0));
    inside.forEach((mine, i) => {
      sim.thread(
        `T${i}`,
        doing(
          () => mine.store(1),
          () => mine.store(0),
        ),
      );
    });
    sim.invariant('not both', () => inside.some((each) => each.peek() === 0));
  }),
  failing('deadlock', 'f0, f1', 'philosophers', (sim) => {
    const [f0, f1] = ['f0', 'f1'].map((name) => sim.mutex(name));
    sim.thread(
      'P0',
      doing(
        () => f0!.lock(),
        () => f1!.lock(),
        () => f1!.unlock(),
        () => f0!.unlock(),
      ),
    );
    sim.thread(
      'P1',
      doing(
        () => f1!.lock(),
        () => f0!.lock(),
        () => f0!.unlock(),
        () => f1!.unlock(),
      ),
    );
  }),
  failing('deadlock', 'c', 'lost-wake-up', (sim) => {
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
  }),
  failing(
    'livelock',
    'steps',
    'polling',
    (sim) => {
      const ready = sim.atomic('ready', false);
      sim.thread('A', function* () {
        while (!(yield* ready.load())) yield* sim.pause();
      });
      sim.thread(
        'B',
        doing(() => sim.pause()),
      );
    },
    { maxSteps: 40 },
  ),
  failing('data-race', 'x', 'racing', (sim) => {
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
    sim.thread(
      'B',
      doing(() => x.read()),
    );
  }),
  failing('use-after-free', 'b', 'late-reader', (sim) => {
    const block = sim.block('b');
    const value = block.atomic('value', 1);
    sim.thread(
      'reader',
      doing(
        () => sim.pause(),
        () => value.load(),
      ),
    );
    sim.thread(
      'owner',
      doing(
        () => sim.pause(),
        () => sim.free(block),
      ),
    );
  }),
  failing('double-free', 'b', 'two-owners', (sim) => {
    const block = sim.block('b');
    const owned = sim.atomic('owned', true);
    for (const name of ['A', 'B']) {
      sim.thread(name, function* () {
        if (!(yield* owned.load())) return;
        yield* owned.store(false);
        yield* sim.free(block);
      });
    }
  }),
  failing(
    'leak',
    'b',
    'forgotten',
    (sim) => {
      const stop = sim.atomic('stop', false);
      sim.thread('A', function* () {
        const block = yield* sim.alloc('b');
        if (!(yield* stop.load())) yield* sim.free(block);
      });
      sim.thread(
        'B',
        doing(() => stop.store(true)),
      );
    },
    { leakCheck: true },
  ),
  failing('refcount', 'r', 'resurrection', (sim) => {
    const r = sim.refcount('r', 1);
    sim.thread(
      'A',
      doing(
        () => sim.pause(),
        () => r.get(),
      ),
    );
    sim.thread(
      'B',
      doing(() => r.put()),
    );
  }),
  failing('lock-misuse', 'm', 'thief', (sim) => {
    const m = sim.mutex('m');
    sim.thread(
      'A',
      doing(
        () => m.lock(),
        () => sim.pause(),
        () => m.unlock(),
      ),
    );
    sim.thread('B', function* () {
      if (!(yield* m.tryLock())) yield* m.unlock();
      else yield* m.unlock();
    });
  }),
  failing('exception', 'TypeError: no such thing', 'throwing', (sim) => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      if ((yield* x.load()) === 1) throw new TypeError('no such thing');
    });
    sim.thread(
      'B',
      doing(() => x.store(1)),
    );
  }),
  failing('assertion', 'way 2', 'chosen', (sim) => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      const first = yield* sim.choose(2, 'first');
      const second = yield* sim.choose(3, 'second');
      sim.assert(first !== 1 || second !== 2 || (yield* x.load()) !== 1, 'way 2');
    });
    sim.thread(
      'B',
      doing(() => x.store(1)),
    );
  }),
  failing('assertion', 'timed out', 'timer-beats-reply', (sim) => {
    const clock = sim.clock('clock');
    const replied = sim.atomic('replied', false);
    const timer = clock.timer('timeout', function* () {
      sim.assert(yield* replied.load(), 'timed out');
    });
    sim.thread(
      'A',
      doing(
        () => timer.arm(10),
        () => replied.store(true),
        () => timer.cancel(),
      ),
    );
  }),
  failing('assertion', 'read after reuse', 'no-grace-period', (sim) => {
    const rcu = sim.rcu('rcu');
    const reused = sim.atomic('reused', false);
    sim.thread('R', function* () {
      yield* rcu.readLock();
      sim.assert(!(yield* reused.load()), 'read after reuse');
      yield* rcu.readUnlock();
    });
    sim.thread(
      'W',
      doing(
        () => rcu.synchronize(),
        () => reused.store(true),
      ),
    );
  }),
];
