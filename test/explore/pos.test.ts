import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/engine/operation.js';
import { Session } from '../../src/engine/session.js';
import { PartialOrderSampling } from '../../src/explore/pos.js';
import { RaceCheck } from '../../src/explore/race.js';
import { RandomWalk } from '../../src/explore/random.js';
import { explore, type Sim, scenario } from '../../src/index.js';
import { run } from '../../src/sim/run.js';
import { doing } from '../sim/support.js';
import { independent, near, schedules } from './chances.js';

const trials = 10_000;

function expectNear(count: number, chance: number): void {
  const { least, most } = near(chance, trials);
  expect(count).toBeGreaterThan(least);
  expect(count).toBeLessThan(most);
}

describe('pos', () => {
  it.each([
    [[2, 1], 1 / 3, 1 / 4],
    [[8, 1], 1 / 9, 1 / 2 ** 8],
    [[3, 3, 1], 1 / 7, undefined],
    [[6, 6, 6, 1], 1 / 19, undefined],
  ])(
    'should let the last of threads of %j steps wait with probability %f',
    (lengths, chance, walk) => {
      const about = independent(...lengths);
      const last = 'ABCD'.charAt(lengths.length - 1);
      const waits = (counts: ReadonlyMap<string, number>): number => {
        let sum = 0;
        for (const [schedule, count] of counts) if (schedule.endsWith(last)) sum += count;
        return sum;
      };
      const sampled = waits(schedules(about, new PartialOrderSampling('wait'), trials));
      const walked = waits(schedules(about, new RandomWalk('wait'), trials));
      expectNear(sampled, chance);
      if (walk !== undefined) expectNear(walked, walk);
      expect(sampled).toBeGreaterThan(walked);
    },
  );

  it('should find a bug that needs many threads to be done before one begins', () => {
    const late = scenario('late', (sim) => {
      const done = sim.atomic('done', 0);
      for (const name of ['A', 'B', 'C']) {
        const pauses = Array.from({ length: 10 }, () => () => sim.pause());
        sim.thread(
          name,
          doing(...pauses, () => done.fetchAdd(1)),
        );
      }
      sim.thread('D', function* () {
        sim.assert((yield* done.load()) < 3, 'late');
      });
    });
    const failing = (strategy: 'pos' | 'random'): number =>
      explore(late, { strategy, seed: 2, maxExecutions: trials, stopAfter: Infinity }).failing;
    const found = failing('pos');
    expect(found).toBeGreaterThan(10);
    expect(found).toBeGreaterThan(10 * failing('random'));
  });

  it('should draw new priorities for what races, and for nothing else', () => {
    const twice = (...names: readonly [string, string]) =>
      scenario('twice', (sim) => {
        const variables = new Map(names.map((name) => [name, sim.atomic(name, 0)]));
        for (const thread of ['A', 'B']) {
          // B has variables of its own where names are in capitals.
          const own = (name: string) =>
            thread === 'B' && name === name.toUpperCase()
              ? sim.atomic(`${name}B`, 0)
              : variables.get(name)!;
          const [first, second] = names.map(own) as [
            ReturnType<typeof own>,
            ReturnType<typeof own>,
          ];
          sim.thread(
            thread,
            doing(
              () => first.store(1),
              () => second.store(1),
            ),
          );
        }
      });
    const count = (names: readonly [string, string], schedule: string): number =>
      schedules(twice(...names), new PartialOrderSampling('twice'), trials).get(schedule) ?? 0;
    // Races of both steps: A's first is first (1/2); B's, drawn anew, goes before A's second (1/2), which then is the least of two,
    // so that B's second goes first (2/3).
    expectNear(count(['x', 'y'], 'ABBA'), 1 / 6);
    expectNear(count(['x', 'y'], 'AABB'), 1 / 4);
    // No races: B's first is below A's first (1/2), and then also below A's second (2/3).
    expectNear(count(['X', 'Y'], 'AABB'), 1 / 3);
  });

  it('should take every order of racing steps equally often', () => {
    const about = scenario('racing', (sim) => {
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B', 'C', 'D'])
        sim.thread(
          name,
          doing(() => x.fetchAdd(1)),
        );
    });
    const counts = schedules(about, new PartialOrderSampling('racing'), trials);
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expectNear(count, 1 / 24);
  });

  it('should choose every value equally often', () => {
    for (let value = 0; value < 3; value++) {
      const choosing = scenario('three ways', (sim) => {
        sim.thread('A', function* () {
          sim.assert((yield* sim.choose(3)) !== value, 'chosen');
        });
      });
      const options = { seed: 4, maxExecutions: trials, stopAfter: Infinity };
      expectNear(explore(choosing, { strategy: 'pos', ...options }).failing, 1 / 3);
    }
  });
});

/** Whether the first operations of two threads are taken for a race, asked both ways round. */
function race(make: (sim: Sim) => readonly [() => Operation, () => Operation]): boolean {
  let answer: boolean | undefined;
  const about = scenario('race', (sim) => {
    make(sim).forEach((operation, i) => sim.thread(`T${i}`, doing(operation)));
  });
  run(
    about,
    {
      pick({ threads }) {
        const pair = threads.filter(({ name }) => /^T\d$/.test(name));
        const [a, b] = pair as [(typeof pair)[number], (typeof pair)[number]];
        const check = new RaceCheck();
        check.begin(a.pending!, a);
        answer = check.with(b.pending!, b);
        check.begin(b.pending!, b);
        expect(check.with(a.pending!, a)).toBe(answer);
        return undefined;
      },
      branch: () => 0,
    },
    { session: new Session() },
  );
  return answer!;
}

type Pair = readonly [string, (sim: Sim) => readonly [() => Operation, () => Operation]];

describe('a race of operations that were not executed yet', () => {
  const racing: readonly Pair[] = [
    [
      'load and store',
      (sim) =>
        both(
          sim.atomic('x', 0),
          (x) => x.load(),
          (x) => x.store(1),
        ),
    ],
    [
      'two stores',
      (sim) =>
        both(
          sim.atomic('x', 0),
          (x) => x.store(1),
          (x) => x.store(1),
        ),
    ],
    [
      'load and an exchange that may fail',
      (sim) =>
        both(
          sim.atomic('x', 0),
          (x) => x.load(),
          (x) => x.compareExchange(5, 6),
        ),
    ],
    [
      'two locks',
      (sim) =>
        both(
          sim.mutex('m'),
          (m) => m.lock(),
          (m) => m.lock(),
        ),
    ],
    [
      'lock and tryLock',
      (sim) =>
        both(
          sim.mutex('m'),
          (m) => m.lock(),
          (m) => m.tryLock(),
        ),
    ],
    [
      'readLock and writeLock',
      (sim) =>
        both(
          sim.rwlock('l'),
          (l) => l.readLock(),
          (l) => l.writeLock(),
        ),
    ],
    [
      'set and reset',
      (sim) =>
        both(
          sim.event('e'),
          (e) => e.set(),
          (e) => e.reset(),
        ),
    ],
    [
      'wait on a condition and lock',
      (sim) => {
        const m = sim.mutex('m');
        const c = sim.condition('c', m);
        return [() => c.wait(), () => m.lock()];
      },
    ],
    [
      'a read section and a grace period',
      (sim) =>
        both(
          sim.rcu('r'),
          (r) => r.readLock(),
          (r) => r.synchronize(),
        ),
    ],
    [
      'two callbacks',
      (sim) => {
        const r = sim.rcu('r');
        const call = (): Operation => r.call(function* () {});
        return [call, call];
      },
    ],
    [
      'two timers of a clock',
      (sim) => {
        const clock = sim.clock('c');
        const [a, b] = ['a', 'b'].map((name) => clock.timer(name, function* () {}));
        return [() => a!.arm(1), () => b!.cancel()];
      },
    ],
    [
      'free and a part',
      (sim) => {
        const block = sim.block('b');
        const part = block.atomic('p', 0);
        return [() => sim.free(block), () => part.load()];
      },
    ],
    [
      'retire and a part of an embedded block',
      (sim) => {
        const block = sim.block('b');
        const part = block.embed('e').mutex('m');
        return [() => block.retire(), () => part.lock()];
      },
    ],
    [
      'free and a failed exchange of a part',
      (sim) => {
        const block = sim.block('b');
        const part = block.atomic('p', 0);
        return [() => sim.free(block), () => part.compareExchange(1, 2)];
      },
    ],
    ['code of the author and anything', (sim) => [() => sim.step('s', () => 1), () => sim.pause()]],
    [
      'a condition of the author and anything',
      (sim) => {
        const x = sim.atomic('x', 0);
        return [() => sim.until(() => x.peek() === 0), () => sim.pause()];
      },
    ],
  ];
  const apart: readonly Pair[] = [
    [
      'two loads',
      (sim) =>
        both(
          sim.atomic('x', 0),
          (x) => x.load(),
          (x) => x.load(),
        ),
    ],
    [
      'stores of two variables',
      (sim) => {
        const [x, y] = [sim.atomic('x', 0), sim.atomic('y', 0)];
        return [() => x.store(1), () => y.store(1)];
      },
    ],
    [
      'exchanges of two variables, which may fail',
      (sim) => {
        const [x, y] = [sim.atomic('x', 0), sim.atomic('y', 0)];
        return [() => x.compareExchange(1, 2), () => y.compareExchange(1, 2)];
      },
    ],
    [
      'two readLocks',
      (sim) =>
        both(
          sim.rwlock('l'),
          (l) => l.readLock(),
          (l) => l.readLock(),
        ),
    ],
    [
      'two read sections',
      (sim) =>
        both(
          sim.rcu('r'),
          (r) => r.readLock(),
          (r) => r.readLock(),
        ),
    ],
    [
      'a grace period and a callback',
      (sim) =>
        both(
          sim.rcu('r'),
          (r) => r.synchronize(),
          (r) => r.call(function* () {}),
        ),
    ],
    [
      'lock and signal',
      (sim) => {
        const m = sim.mutex('m');
        const c = sim.condition('c', m);
        return [() => c.signal(), () => m.lock()];
      },
    ],
    [
      'two parts of a block',
      (sim) => {
        const block = sim.block('b');
        const [p, q] = [block.atomic('p', 0), block.atomic('q', 0)];
        return [() => p.store(1), () => q.store(1)];
      },
    ],
    [
      'freeing two blocks',
      (sim) => {
        const [a, b] = [sim.block('a'), sim.block('b')];
        return [() => sim.free(a), () => sim.free(b)];
      },
    ],
    ['pause and pause', (sim) => [() => sim.pause(), () => sim.pause()]],
    ['choose and alloc', (sim) => [() => sim.choose(2), () => sim.alloc('b')]],
    [
      'spawn and spawn',
      (sim) => {
        const spawn = (): Operation => sim.spawn('C', function* () {});
        return [spawn, spawn];
      },
    ],
  ];

  it.each(racing)('should be seen between %s', (_what, make) => {
    expect(race(make)).toBe(true);
  });

  it.each(apart)('should not be seen between %s', (_what, make) => {
    expect(race(make)).toBe(false);
  });
});

function both<T>(
  object: T,
  first: (object: T) => Operation,
  second: (object: T) => Operation,
): [() => Operation, () => Operation] {
  return [() => first(object), () => second(object)];
}
