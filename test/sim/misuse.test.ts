import { describe, expect, it } from 'vitest';
import { explore, type Sim, scenario, UsageError } from '../../src/index.js';
import { strategyNames } from './support.js';

/** One thread that does this. */
function inThread(body: (sim: Sim) => Generator<never, unknown, unknown>): (sim: Sim) => void {
  return (sim) => {
    sim.thread('A', body.bind(undefined, sim));
  };
}

/** Wrong values reach the harness from JavaScript, or through a cast. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function wrong<T>(value: unknown): T {
  return value as T;
}

const misuses: Record<string, [RegExp, (sim: Sim) => void]> = {
  'a body that is no function': [/generator/, (sim) => void sim.thread('A', wrong('text'))],
  'a body that is a plain function': [
    /generator/,
    (sim) =>
      void sim.thread(
        'A',
        wrong(() => 1),
      ),
  ],
  'a body that is async': [
    /generator/,
    (sim) =>
      void sim.thread(
        'A',
        wrong(async () => Promise.resolve()),
      ),
  ],
  'a body that was called already': [
    /generator/,
    (sim) => void sim.thread('A', wrong((function* () {})())),
  ],
  'a spawned body that is no generator': [
    /generator/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(
        sim.spawn(
          'B',
          wrong(() => 1),
        ),
      );
    }),
  ],
  'a callback that is no generator': [
    /generator/,
    (sim) => {
      const rcu = sim.rcu('r');
      sim.thread('A', function* () {
        yield* rcu.call(wrong(() => 1));
      });
    },
  ],
  'a timer body that is no generator': [
    /generator/,
    (sim) => {
      const timer = sim.clock('c').timer(
        't',
        wrong(() => 1),
      );
      sim.thread('A', function* () {
        yield* timer.arm(1);
      });
    },
  ],
  'a peek in a thread': [
    /peek/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
        x.peek();
      });
    },
  ],
  'a peek before the first operation': [
    /peek/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        x.peek();
        yield* sim.pause();
      });
    },
  ],
  'a peek in set-up': [/peek/, (sim) => void sim.plain('x', 0).peek()],
  'a look at the holder in a thread': [
    /"m"/,
    (sim) => {
      const m = sim.mutex('m');
      sim.thread('A', function* () {
        yield* m.lock();
        sim.assert(m.holder === 'A', 'mine');
      });
    },
  ],
  'a look at a life in a thread': [
    /alive/,
    (sim) => {
      const block = sim.block('b');
      sim.thread('A', function* () {
        yield* sim.pause();
        sim.assert(block.alive, 'alive');
      });
    },
  ],
  'a poke in a thread': [
    /poke.*step/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
        x.poke(1);
      });
    },
  ],
  'a poke in set-up': [/poke.*step/, (sim) => sim.atomic('x', 0).poke(1)],
  'a poke in an invariant': [
    /poke.*step/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.invariant('i', () => x.poke(1));
    },
  ],
  'a poke in a final check': [
    /poke.*step/,
    (sim) => {
      const x = sim.plain('x', 0);
      sim.finally(() => x.poke(1));
    },
  ],
  'a poke in until': [
    /poke/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.until(() => {
          x.poke(1);
          return true;
        });
      });
    },
  ],
  'an operation that a thread makes and does not yield': [
    /x\.store.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
        x.store(1);
        yield* sim.pause();
      });
    },
  ],
  'an operation that a thread makes last and does not yield': [
    /x\.store.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        x.store(1);
      });
    },
  ],
  'an operation made in set-up': [/x\.load.*yield\*/, (sim) => void sim.atomic('x', 0).load()],
  'a spawn in set-up': [/spawn/, (sim) => void sim.spawn('A', function* () {})],
  'an operation made in a step': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.step('s', () => void x.load());
        yield* sim.pause();
      });
    },
  ],
  'an operation made in until': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.until(() => x.load());
      });
    },
  ],
  'an operation made in an until that never holds': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.until(() => wrong<number>(x.load()) === 0);
      });
    },
  ],
  'an operation made in an invariant': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
      });
      sim.invariant('i', () => wrong<number>(x.load()) === 0 || true);
    },
  ],
  'an operation made in a final check': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.finally(() => sim.assert(wrong<number>(x.load()) === 0 || true, 'zero'));
    },
  ],
  'an operation made in a message': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
        sim.log(() => `x is ${typeof x.load()}`);
        yield* sim.pause();
      });
    },
  ],
  'yield instead of yield*': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield x.load();
      });
    },
  ],
  'yield of a number': [
    /\b7\b.*yield\*|yield\*/,
    inThread(function* () {
      yield wrong<never>(7);
    }),
  ],
  'yield of nothing': [
    /undefined.*yield\*/,
    inThread(function* () {
      yield wrong<never>(undefined);
    }),
  ],
  'yield of null': [
    /null.*yield\*/,
    inThread(function* () {
      yield wrong<never>(null);
    }),
  ],
  'yield of an object without a prototype': [
    /yield\*/,
    inThread(function* () {
      yield wrong<never>(Object.create(null));
    }),
  ],
  'yield* of an array': [
    /yield\*/,
    inThread(function* () {
      yield* wrong<never[]>([1, 2]);
    }),
  ],
  'a body that is an async generator': [
    /async generator/,
    (sim) =>
      void sim.thread(
        'A',
        wrong(async function* () {}),
      ),
  ],
  'a timer body that is no function': [
    /body of a timer.*"text"/,
    (sim) => void sim.clock('c').timer('t', wrong('text')),
  ],
  'a thread without a name': [
    /name of a thread.*""/,
    (sim) => void sim.thread('', function* () {}),
  ],
  'a spawned thread without a name': [
    /name of a thread/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.spawn('', function* () {}));
    }),
  ],
  'an object named by a number': [/name of a mutex.*3/, (sim) => void sim.mutex(wrong(3))],
  'an object named by a symbol': [
    /name of an event.*Symbol\(e\)/,
    (sim) => void sim.event(wrong(Symbol('e'))),
  ],
  'a part without a name': [/name of a part.*""/, (sim) => void sim.block('b').plain('', 0)],
  'an invariant without a name': [/name of an invariant/, (sim) => sim.invariant('', () => true)],
  'an invariant that is no function': [
    /"i".*function.*undefined/,
    (sim) => sim.invariant('i', wrong(undefined)),
  ],
  'an invariant that is async': [
    /"i".*promise/,
    (sim) =>
      sim.invariant(
        'i',
        wrong(async () => Promise.resolve(false)),
      ),
  ],
  'an invariant that is a generator': [
    /"i".*a generator/,
    (sim) =>
      sim.invariant(
        'i',
        wrong(function* () {}),
      ),
  ],
  'a final check that is no function': [
    /final check.*function.*an object/,
    (sim) => sim.finally(wrong({})),
  ],
  'a final check that is async': [
    /final check.*promise/,
    (sim) => {
      const check = async (): Promise<void> => {
        sim.fail('told to nobody');
        await Promise.resolve();
      };
      sim.finally(wrong(check));
    },
  ],
  'a condition that is no function': [
    /condition of until.*true/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.until(wrong(true)));
    }),
  ],
  'a condition that is async': [
    /condition of A.*promise/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.until(async () => Promise.resolve(false)));
    }),
  ],
  'a step without a label': [
    /label of a step.*a function/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(
        sim.step(
          wrong(() => 1),
          wrong(undefined),
        ),
      );
    }),
  ],
  'a step that is a generator': [
    /"s".*a generator/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.step('s', function* () {}));
    }),
  ],
  'an assertion of what was not run': [
    /assertion.*a generator/,
    inThread(function* (sim) {
      sim.assert(wrong((function* () {})()), 'so');
    }),
  ],
  'a failure without a message': [
    /message.*undefined/,
    inThread(function* (sim) {
      sim.assert(false, wrong(undefined));
    }),
  ],
  'a condition variable without a mutex': [
    /"c".*mutex/,
    (sim) => void sim.condition('c', wrong(undefined)),
  ],
  'a change that is no function': [
    /change of an update.*1/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.update(wrong(1));
      });
    },
  ],
  'freeing what is no block': [
    /block/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.free(wrong(undefined)));
    }),
  ],
  'an unknown option of a thread': [
    /deamon.*daemon/,
    (sim) => void sim.thread('A', function* () {}, wrong({ deamon: true })),
  ],
  'set-up that is a generator': [/synchronous.*a generator/, wrong(function* () {})],
  'set-up that is async': [/synchronous|promise/i, wrong(async () => Promise.resolve())],
  'an operation used twice': [
    /x\.load.*second time|twice/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        const op = x.load();
        yield* op;
        yield* op;
      });
    },
  ],
  'an operation used again when others were made since': [
    /second time|twice/,
    (sim) => {
      const x = sim.atomic('x', 0);
      const y = sim.atomic('y', 0);
      sim.thread('A', function* () {
        const op = x.load();
        yield* op;
        yield* y.store(1);
        yield* op;
      });
      sim.thread('B', function* () {
        yield* y.store(2);
        yield* y.store(3);
      });
    },
  ],
  'an operation made early and used late': [
    /x\.load.*yield\*/,
    (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        const early = x.load();
        yield* sim.pause();
        yield* early;
      });
    },
  ],
  'an operation of another thread': [
    /x\.load/,
    (sim) => {
      const x = sim.atomic('x', 0);
      const op = x.load();
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* op;
        });
      }
    },
  ],
  'an invariant registered in a thread': [
    /set-up/,
    inThread(function* (sim) {
      sim.invariant('i', () => true);
    }),
  ],
  'a final check registered in a thread': [
    /set-up/,
    inThread(function* (sim) {
      sim.finally(() => undefined);
    }),
  ],
  'a thread made in a thread': [
    /spawn/,
    inThread(function* (sim) {
      sim.thread('B', function* () {});
    }),
  ],
  'a label made in a thread': [
    /set-up/,
    inThread(function* (sim) {
      sim.reachable('here');
    }),
  ],
  'a clock made in a thread': [
    /set-up/,
    inThread(function* (sim) {
      sim.clock('c');
    }),
  ],
  'a choice of no values': [
    /choose.*0/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.choose(0));
    }),
  ],
  'a choice of half a value': [
    /choose.*2\.5/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.choose(2.5));
    }),
  ],
  'a choice of no number': [
    /choose/,
    inThread(function* (sim) {
      yield* wrong<Generator<never>>(sim.choose(Number.NaN));
    }),
  ],
  'a negative delay of sleep': [
    /delay.*-1/,
    (sim) => {
      const clock = sim.clock('c');
      sim.thread('A', function* () {
        yield* clock.sleep(-1);
      });
    },
  ],
  'a delay of a timer that is no number': [
    /delay/,
    (sim) => {
      const timer = sim.clock('c').timer('t', function* () {});
      sim.thread('A', function* () {
        yield* timer.arm(Number.NaN);
      });
    },
  ],
  'a negative semaphore': [/-1/, (sim) => void sim.semaphore('s', -1)],
  'half a reference': [/0\.5/, (sim) => void sim.refcount('r', 0.5)],
};

describe('misuse', () => {
  const all = Object.entries(misuses).flatMap(([what, [says, setup]]) =>
    strategyNames.map((strategy) => [what, strategy, says, setup] as const),
  );
  it.each(all)('should say what is wrong with %s under %s', (_what, strategy, says, setup) => {
    const run = (): unknown =>
      explore(scenario('test', setup), { strategy, seed: 1, maxExecutions: 20 });
    expect(run).toThrow(UsageError);
    expect(run).toThrow(says);
    // One sentence for a reader, without a stack.
    expect(run).toThrow(/^[^\n]{10,300}$/);
  });

  it.each(Object.entries(misuses))(
    'should say it also when the search goes on after violations: %s',
    (_what, [, setup]) => {
      expect(() =>
        explore(scenario('test', setup), { strategy: 'dfs', stopAfter: Infinity }),
      ).toThrow(UsageError);
    },
  );

  it.each(strategyNames)(
    'should not be swallowed by a thread that catches everything under %s',
    (strategy) => {
      const caught = scenario('caught', (sim) => {
        const x = sim.atomic('x', 0);
        sim.thread('A', function* () {
          yield* sim.pause();
          try {
            x.peek();
          } catch {
            // The thread goes on as if nothing had happened.
          }
          yield* sim.pause();
        });
      });
      expect(() => explore(caught, { strategy, seed: 1, maxExecutions: 5 })).toThrow(UsageError);
      const early = scenario('early', (sim) => {
        sim.thread('A', function* () {
          try {
            sim.thread('B', function* () {});
          } catch {
            // As above.
          }
        });
      });
      expect(() => explore(early, { strategy, seed: 1, maxExecutions: 5 })).toThrow(UsageError);
      const setup = scenario('set-up', (sim) => {
        try {
          sim.atomic('x', 0).peek();
        } catch {
          // As above.
        }
      });
      expect(() => explore(setup, { strategy, seed: 1, maxExecutions: 5 })).toThrow(UsageError);
    },
  );

  it('should not be swallowed by a check that catches everything', () => {
    for (const register of ['invariant', 'finally'] as const) {
      const caught = scenario('caught', (sim) => {
        const x = sim.atomic('x', 0);
        sim.thread('A', function* () {
          yield* sim.pause();
        });
        const check = (): void => {
          try {
            x.poke(1);
          } catch {
            // As above.
          }
        };
        if (register === 'invariant') sim.invariant('i', check);
        else sim.finally(check);
      });
      expect(() => explore(caught, { strategy: 'dfs' })).toThrow(UsageError);
    }
  });

  it('should be a mistake to use the world of another execution', () => {
    let kept: Sim | undefined;
    const leaking = scenario('leaking', (sim) => {
      kept ??= sim;
      kept.thread('A', function* () {});
    });
    // Whatever it is called, it must not look like a design that holds.
    const outcome = (): string => explore(leaking, { strategy: 'dfs' }).verdict;
    let verdict = 'refused';
    try {
      verdict = outcome();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
    }
    expect(verdict).not.toBe('verified');
  });
});

describe('scenario', () => {
  it.each([
    ['an empty name', () => scenario('', () => undefined)],
    ['no name', () => scenario(wrong(undefined), () => undefined)],
    ['no set-up', () => scenario('s', wrong(undefined))],
    ['no steps', () => scenario('s', () => undefined, { maxSteps: 0 })],
    ['half a step', () => scenario('s', () => undefined, { maxSteps: 0.5 })],
    ['an unknown option', () => scenario('s', () => undefined, wrong({ leekCheck: true }))],
    ['no options', () => scenario('s', () => undefined, wrong(null))],
    [
      'a description that is no text',
      () => scenario('s', () => undefined, { description: wrong(4) }),
    ],
    ['a source that is no text', () => scenario('s', () => undefined, { source: wrong(null) })],
    [
      'a leakCheck that is no boolean',
      () => scenario('s', () => undefined, { leakCheck: wrong('yes') }),
    ],
  ])('should refuse %s', (_what, make) => {
    expect(make).toThrow(UsageError);
  });

  it('should keep what is said about it, with defaults', () => {
    const setup = (): void => undefined;
    expect(scenario('s', setup)).toMatchObject({
      name: 's',
      setup,
      leakCheck: false,
      maxSteps: 10_000,
    });
    const about = { leakCheck: true, maxSteps: 5, description: 'what', source: 'whence' };
    expect(scenario('s', setup, about)).toMatchObject(about);
  });
});

describe('options of explore', () => {
  const empty = scenario('empty', () => undefined);
  it.each([
    ['an unknown strategy', { strategy: 'bfs' }, /bfs.*dfs/],
    ['an unknown option', { maxExecution: 5 }, /maxExecution\b.*maxExecutions/],
    ['no executions', { maxExecutions: 0 }, /maxExecutions/],
    ['half an execution', { maxExecutions: 1.5 }, /maxExecutions/],
    ['executions as text', { maxExecutions: '5' }, /maxExecutions/],
    ['no steps', { maxSteps: 0 }, /maxSteps/],
    ['negative time', { timeLimitMs: -1 }, /timeLimitMs/],
    ['time that is no number', { timeLimitMs: Number.NaN }, /timeLimitMs/],
    ['stopping before it begins', { stopAfter: 0 }, /stopAfter/],
    ['a seed that is no number', { seed: Number.NaN }, /seed/],
    ['a seed that is an object', { seed: {} }, /seed/],
    ['negative preemptions', { strategy: 'dfs', preemptions: -1 }, /preemptions/],
    ['half a delay', { strategy: 'dfs', delays: 0.5 }, /delays/],
    ['preemptions of a random walk', { strategy: 'random', preemptions: 1 }, /random.*preemptions/],
    ['delays of a random walk', { strategy: 'random', delays: 1 }, /random.*delays/],
    ['delays of dpor', { strategy: 'dpor', delays: 1 }, /dpor.*delays/],
    ['no depth', { strategy: 'pct', depth: 0 }, /depth.*from 1\b/],
    ['half a depth', { strategy: 'pct', depth: 2.5 }, /depth.*from 1\b/],
    ['depth as text', { strategy: 'pct', depth: '3' }, /depth.*from 1\b/],
    ['endless depth', { strategy: 'pct', depth: Infinity }, /depth.*from 1\b/],
    ['depth of a random walk', { strategy: 'random', depth: 3 }, /random.*no depth; pct has/],
    ['depth of the default', { depth: 3 }, /dpor.*no depth; pct has/],
    ['progress told to nobody', { onProgress: 5 }, /onProgress/],
  ] as const)('should refuse %s', (_what, options, says) => {
    const run = (): unknown => explore(empty, wrong(options));
    expect(run).toThrow(UsageError);
    expect(run).toThrow(says);
    expect(run).toThrow(/^[^\n]{10,300}$/);
  });

  it('should take undefined for the default', () => {
    const report = explore(
      empty,
      wrong({ strategy: undefined, seed: undefined, preemptions: undefined }),
    );
    expect(report.verdict).toBe('verified');
    expect(report.strategy).toBe('dpor');
  });
});
