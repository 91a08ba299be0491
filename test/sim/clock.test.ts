import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Sim } from '../../src/index.js';
import { dependencies } from './footprints.js';
import { doing, exhaustive, exploreAll, found, outcomes, violationsOf } from './support.js';

/** All orders in which things happen, as words joined by blanks. */
function orders(setup: (sim: Sim, note: (what: string) => void) => void): string[] {
  return outcomes((sim) => {
    const order: string[] = [];
    setup(sim, (what) => void order.push(what));
    return () => order.join(' ');
  }).map((text) => JSON.parse(text) as string);
}

/** A body that notes when it runs. */
const noting = (note: (what: string) => void, what: string) =>
  function* () {
    note(what);
  };

describe('sleep', () => {
  it('should take two steps and let others go in between', () => {
    const alone = exploreAll((sim) => {
      const clock = sim.clock('clock');
      sim.thread(
        'A',
        doing(() => clock.sleep(1000)),
      );
    });
    expect(alone).toMatchObject({ verdict: 'verified', executions: 1, steps: 2 });
    const { executions } = exploreAll((sim) => {
      const clock = sim.clock('clock');
      sim.thread(
        'A',
        doing(() => clock.sleep(1000)),
      );
      sim.thread(
        'B',
        doing(() => sim.pause()),
      );
    });
    expect(executions).toBe(3);
  });

  it('should never wait for real time', () => {
    const report = exploreAll((sim) => {
      const clock = sim.clock('clock');
      sim.thread(
        'A',
        doing(
          () => clock.sleep(1e12),
          () => clock.sleep(Number.MAX_VALUE),
        ),
      );
    });
    expect(report.verdict).toBe('verified');
  });

  it('should end at any moment: sleepers are not ordered by how long they sleep', () => {
    const ends = orders((sim, note) => {
      const clock = sim.clock('clock');
      for (const ms of [1, 1000]) {
        sim.thread(`${ms}`, function* () {
          yield* clock.sleep(ms);
          note(`${ms}`);
        });
      }
    });
    expect(ends).toContain('1 1000');
    expect(ends).toContain('1000 1');
  });

  it('should not end before a timer that was armed earlier and for no longer', () => {
    const race = (delay: number): string[] =>
      orders((sim, note) => {
        const clock = sim.clock('clock');
        const timer = clock.timer('timer', noting(note, 'timer'));
        sim.thread('A', function* () {
          yield* timer.arm(10);
          yield* clock.sleep(delay);
          note('awake');
        });
      });
    expect(race(10)).toEqual(['timer awake']);
    expect(race(11)).toEqual(['timer awake']);
    expect(race(9)).toEqual(['awake timer', 'timer awake']);
  });
});

describe('timer', () => {
  it('should fire at any moment after it was armed and not before', () => {
    const ends = orders((sim, note) => {
      const clock = sim.clock('clock');
      const timer = clock.timer('timer', noting(note, 'fires'));
      sim.thread('A', function* () {
        yield* sim.pause();
        note('armed');
        yield* timer.arm(1000);
        yield* sim.pause();
        note('later');
      });
    });
    expect(ends).toEqual(['armed fires later', 'armed later fires']);
  });

  it('should fire once for each time it was armed, before the execution ends', () => {
    const ends = outcomes((sim) => {
      const clock = sim.clock('clock');
      const x = sim.atomic('x', 0);
      const timer = clock.timer(
        'timer',
        doing(() => x.fetchAdd(1)),
      );
      sim.thread(
        'A',
        doing(
          () => timer.arm(1e9),
          () => sim.until(() => x.peek() === 1),
          () => timer.arm(0),
        ),
      );
      return () => x.peek();
    });
    expect(ends).toEqual(['2']);
  });

  it('should not fire when it was never armed', () => {
    const report = exploreAll((sim) => {
      sim.clock('clock').timer('timer', () => {
        throw new Error('never');
      });
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 1 });
  });

  it('should not fire after it was cancelled in time, and tell whether it was', () => {
    const ends = orders((sim, note) => {
      const clock = sim.clock('clock');
      const timer = clock.timer('timer', noting(note, 'fires'));
      sim.thread('A', function* () {
        note(`${yield* timer.cancel()}`);
        yield* timer.arm(10);
        note(`${yield* timer.cancel()}`);
        note(`${yield* timer.cancel()}`);
      });
    });
    expect(ends).toEqual(['false fires false false', 'false true false']);
  });

  it('should let a body that runs go on when the timer is cancelled', () => {
    const ends = outcomes((sim) => {
      const clock = sim.clock('clock');
      const x = sim.atomic('x', 0);
      const timer = clock.timer(
        'timer',
        doing(
          () => x.fetchAdd(1),
          () => x.fetchAdd(1),
        ),
      );
      let cancelled = false;
      sim.thread('A', function* () {
        yield* timer.arm(1);
        cancelled = yield* timer.cancel();
      });
      return () => [cancelled, x.peek()];
    });
    expect(ends).toEqual(['[false,2]', '[true,0]']);
  });

  it('should be re-armed: fire once, and by the new place and delay', () => {
    const ends = orders((sim, note) => {
      const clock = sim.clock('clock');
      const [a, b] = ['a', 'b'].map((name) => clock.timer(name, noting(note, name)));
      sim.thread('A', function* () {
        yield* a!.arm(1);
        yield* b!.arm(5);
        yield* a!.arm(7);
        note('done');
      });
    });
    // "a" goes first as long as its first arming counts, and last from its second one on.
    expect(ends).toContain('done b a');
    expect(ends).toContain('a done b a');
    for (const order of ends) expect(order).toMatch(/^(done b a|a b done a|a done b a)$/);
    for (const order of ends) expect(order.match(/\bb\b/g)).toHaveLength(1);
  });

  it('should fire again when its body arms it', () => {
    const ends = outcomes((sim) => {
      const clock = sim.clock('clock');
      const x = sim.atomic('x', 0);
      const timer = clock.timer('timer', function* () {
        if ((yield* x.fetchAdd(1)) < 2) yield* timer.arm(10);
      });
      sim.thread(
        'A',
        doing(() => timer.arm(10)),
      );
      return () => x.peek();
    });
    expect(ends).toEqual(['3']);
  });

  it('should be a livelock when it arms itself for ever', () => {
    // Not `violationsOf`: past the limit of steps dpor does not claim to be complete.
    const endless = (sim: Sim) => {
      const clock = sim.clock('clock');
      const timer = clock.timer(
        'timer',
        doing(() => timer.arm(10)),
      );
      sim.thread(
        'A',
        doing(() => timer.arm(10)),
      );
    };
    for (const strategy of exhaustive) {
      const violations = found(exploreAll(endless, { strategy }, { maxSteps: 100 }));
      expect(violations).toHaveLength(1);
      expect(violations[0]).toMatch(/^livelock/);
    }
  });

  test.prop([fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 })])(
    'should allow exactly the orders in which none overtakes one armed earlier for no longer',
    (delays) => {
      const ends = orders((sim, note) => {
        const clock = sim.clock('clock');
        const timers = delays.map((_, i) => clock.timer(`t${i}`, noting(note, `${i}`)));
        const all = sim.atomic('all', false);
        // Fires only when all are armed: the first body waits.
        const gate = clock.timer(
          'gate',
          doing(() => sim.until(() => all.peek())),
        );
        sim.thread('A', function* () {
          yield* gate.arm(0);
          for (const [i, delay] of delays.entries()) yield* timers[i]!.arm(delay);
          yield* all.store(true);
        });
      });
      const legal = permutations(delays.map((_, i) => i)).filter((order) =>
        order.every((second, at) =>
          order.slice(at + 1).every((first) => first > second || delays[first]! > delays[second]!),
        ),
      );
      expect(ends).toEqual(legal.map((order) => order.join(' ')).sort());
    },
  );

  it('should run bodies one at a time', () => {
    const ends = orders((sim, note) => {
      const clock = sim.clock('clock');
      const body = (name: string) =>
        function* () {
          note(`<${name}`);
          yield* sim.pause();
          note(`${name}>`);
        };
      const [a, b] = ['a', 'b'].map((name) => clock.timer(name, body(name)));
      sim.thread(
        'A',
        doing(
          () => a!.arm(5),
          () => b!.arm(1),
        ),
      );
    });
    expect(ends).toEqual(['<a a> <b b>', '<b b> <a a>']);
  });

  it('should keep clocks apart', () => {
    const ends = orders((sim, note) => {
      const timers = ['a', 'b'].map((name) =>
        sim.clock(name).timer(`t${name}`, noting(note, name)),
      );
      sim.thread(
        'A',
        doing(
          () => timers[0]!.arm(1),
          () => timers[1]!.arm(2),
        ),
      );
    });
    expect(ends).toEqual(['a b', 'b a']);
  });

  it('should be a deadlock when a body is left blocked', () => {
    expect(
      violationsOf((sim) => {
        const clock = sim.clock('clock');
        const never = sim.event('never');
        const timer = clock.timer(
          'timer',
          doing(() => never.wait()),
        );
        sim.thread(
          'A',
          doing(() => timer.arm(1)),
        );
      }),
    ).toEqual(['deadlock: never']);
  });

  it('should let sleepers wake while a body is blocked', () => {
    const report = exploreAll((sim) => {
      const clock = sim.clock('clock');
      const go = sim.event('go');
      const timer = clock.timer(
        'timer',
        doing(() => go.wait()),
      );
      sim.thread(
        'A',
        doing(
          () => timer.arm(1),
          () => clock.sleep(5),
          () => go.set(),
        ),
      );
    });
    expect(report.verdict).toBe('verified');
  });

  it('should be named as the place of what goes wrong in its body', () => {
    const { violations } = exploreAll((sim) => {
      const clock = sim.clock('clock');
      const timer = clock.timer('timer', function* () {
        yield* sim.pause();
        sim.fail('inside');
      });
      sim.thread(
        'A',
        doing(() => timer.arm(1)),
      );
    });
    expect(violations.map(({ kind, property }) => [kind, property])).toEqual([
      ['assertion', 'inside'],
    ]);
    expect(violations[0]?.events.at(-1)?.thread).toContain('clock');
  });
});

describe('footprint of clock', () => {
  it('should write the clock with arm, cancel, sleep, fire and wake', () => {
    const after = dependencies(
      (sim) => {
        const clock = sim.clock('clock');
        const [a, b] = ['a', 'b'].map((name) => clock.timer(name, function* () {}));
        sim.thread(
          'A',
          doing(() => a!.arm(1)),
        );
        sim.thread(
          'B',
          doing(() => b!.cancel()),
        );
        sim.thread(
          'C',
          doing(() => clock.sleep(5)),
        );
      },
      // The daemon fires "a", then C wakes.
      ['A', 'B', 'C', 'clock timers', 'C'],
    );
    expect(after[1]).toContain(0);
    expect(after[2]).toContain(1);
    expect(after[3]).toContain(2);
    expect(after[4]).toContain(3);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
