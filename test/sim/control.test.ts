import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Atomic, type Operation, type Sim, UsageError } from '../../src/index.js';
import { dependencies, dependent } from './footprints.js';
import { doing, exploreAll, interleavings, outcomes, violationsOf } from './support.js';

describe('choose', () => {
  test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })])(
    'should explore every combination of values once',
    (first, second) => {
      const seen: string[] = [];
      const { executions } = exploreAll((sim) => {
        let pair = '';
        sim.thread('A', function* () {
          pair = `${yield* sim.choose(first)} ${yield* sim.choose(second, 'label')}`;
        });
        sim.finally(() => seen.push(pair));
      });
      expect(executions).toBe(first * second);
      expect(new Set(seen).size).toBe(first * second);
    },
  );

  it('should be one step, and a label in the trace', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread('A', function* () {
        if ((yield* sim.choose(3, 'colour')) === 2) sim.fail('look');
      });
    });
    expect(violations[0]?.steps).toBe(1);
    expect(violations[0]?.events[0]).toMatchObject({
      operation: 'choose',
      value: 2,
      label: 'colour',
    });
  });

  it('should be independent of everything', () => {
    expect(dependent((sim) => ({ A: [() => sim.choose(2)], B: [() => sim.choose(2)] }))).toBe(
      false,
    );
  });
});

describe('pause', () => {
  it('should be a step without effect', () => {
    const { executions, steps } = exploreAll((sim) => {
      for (const name of ['A', 'B'])
        sim.thread(
          name,
          doing(() => sim.pause()),
        );
    });
    expect([executions, steps]).toEqual([2, 4]);
    expect(dependent((sim) => ({ A: [() => sim.pause()], B: [() => sim.pause()] }))).toBe(false);
  });
});

describe('serve', () => {
  /** A service that takes one piece of work and then does something that may block. */
  const served = (work: number, body: (sim: Sim) => () => Operation) => (sim: Sim) => {
    const queue = sim.atomic('queue', 0);
    const next = body(sim);
    sim.thread(
      'service',
      function* () {
        for (;;) {
          yield* sim.serve(() => queue.peek() > 0, 'work');
          yield* queue.fetchAdd(-1);
          yield* next();
        }
      },
      { service: true },
    );
    sim.thread('A', function* () {
      for (let i = 0; i < work; i++) yield* queue.fetchAdd(1);
    });
    sim.finally(() => sim.assert(queue.peek() === 0, 'work is left'));
  };

  it('should be where a service is left when there is nothing more to do', () => {
    expect(violationsOf(served(2, (sim) => () => sim.pause()))).toEqual([]);
  });

  it('should be the only such place', () => {
    const until = served(1, (sim) => () => sim.until(() => false, 'never'));
    expect(violationsOf(until)).toEqual(['deadlock: never']);
    const event = served(1, (sim) => {
      const never = sim.event('never set');
      return () => never.wait();
    });
    expect(violationsOf(event)).toEqual(['deadlock: never set']);
    expect(violationsOf(served(0, (sim) => () => sim.until(() => false)))).toEqual([]);
  });

  it('should be a deadlock for a thread that is no service', () => {
    const setup = (sim: Sim) => {
      sim.thread(
        'A',
        doing(() => sim.serve(() => false, 'work')),
      );
    };
    expect(violationsOf(setup)).toEqual(['deadlock: work']);
  });
});

describe('until', () => {
  it('should take one step, once the condition is true', () => {
    const { executions, steps } = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(
          () => x.store(1),
          () => x.store(2),
        ),
      );
      sim.thread(
        'B',
        doing(() => sim.until(() => x.peek() === 2)),
      );
    });
    expect([executions, steps]).toEqual([1, 3]);
  });

  it('should miss what was true only for a moment', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(
          () => x.store(1),
          () => x.store(2),
        ),
      );
      sim.thread(
        'B',
        doing(() => sim.until(() => x.peek() === 1, 'x is 1')),
      );
    });
    expect(report).toMatchObject({ executions: 2, deadlocks: 1 });
    expect(report.violations[0]?.property).toBe('x is 1');
  });

  it('should evaluate several variables in one step', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 0);
      const y = sim.atomic('y', 0);
      let sum = 0;
      sim.thread(
        'A',
        doing(
          () => x.store(1),
          () => y.store(1),
        ),
      );
      sim.thread('B', function* () {
        yield* sim.until(() => x.peek() + y.peek() > 0);
        sum = yield* sim.step('sum', () => x.peek() + y.peek());
      });
      return () => sum;
    });
    expect(ends).toEqual(['1', '2']);
  });

  it('should run into what its condition throws', () => {
    expect(
      violationsOf((sim) => {
        sim.thread(
          'A',
          doing(() =>
            sim.until(() => {
              throw new TypeError('bad');
            }),
          ),
        );
      }),
    ).toEqual(['exception: TypeError: bad']);
  });

  it('should run into what its condition notes, and end for what it may not do, even if it catches that', () => {
    const catching = (look: (sim: Sim, inBlock: Atomic<number>) => unknown): string[] =>
      violationsOf((sim) => {
        const b = sim.block('b');
        const inBlock = b.atomic('v', 0);
        const condition = (): unknown => {
          try {
            return look(sim, inBlock);
          } catch {
            return false;
          }
        };
        sim.thread(
          'A',
          doing(() => sim.until(condition)),
        );
        sim.thread(
          'B',
          doing(() => sim.free(b)),
        );
      });
    expect(catching((_sim, inBlock) => inBlock.peek() === 1)).toEqual(['use-after-free: b']);
    expect(catching((sim) => sim.fail('m'))).toEqual(['assertion: m']);
    expect(() => catching((_sim, inBlock) => inBlock.load())).toThrow(UsageError);
    expect(() => catching((_sim, inBlock) => inBlock.poke(1))).toThrow(UsageError);
  });

  it('should read what its condition looked at, and no more', () => {
    const pair = (variable: 'x' | 'y', short: boolean): boolean =>
      dependent((sim) => {
        const x = sim.atomic('x', 1);
        const y = sim.atomic('y', 1);
        const condition = short
          ? () => x.peek() === 1 || y.peek() === 1
          : () => x.peek() === 1 && y.peek() === 1;
        return { A: [() => sim.until(condition)], B: [() => (variable === 'x' ? x : y).store(0)] };
      });
    expect(pair('x', true)).toBe(true);
    expect(pair('y', true)).toBe(false);
    expect(pair('y', false)).toBe(true);
  });

  it('should be able to wait for a lock to be free, a count or an event', () => {
    const ends = outcomes((sim) => {
      const m = sim.mutex('m');
      const e = sim.event('e');
      const s = sim.semaphore('s', 0);
      const r = sim.refcount('r', 1);
      sim.thread(
        'A',
        doing(
          () => m.lock(),
          () => e.set(),
          () => s.post(),
          () => r.put(),
          () => m.unlock(),
        ),
      );
      sim.thread(
        'B',
        doing(() =>
          sim.until(() => e.peek() && s.peek() === 1 && r.peek() === 0 && m.holder === undefined),
        ),
      );
      return () => s.peek();
    });
    expect(ends).toEqual(['1']);
  });
});

describe('step', () => {
  it('should be indivisible, and return its value', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 1);
      const y = sim.atomic('y', 2);
      const seen: number[] = [];
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          seen.push(
            yield* sim.step('swap', () => {
              const before = x.peek();
              x.poke(y.peek());
              y.poke(before);
              return before;
            }),
          );
        });
      }
      return () => [x.peek(), y.peek(), ...seen];
    });
    expect(ends).toEqual(['[1,2,1,2]']);
  });

  it('should show its label in the trace', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread('A', function* () {
        yield* sim.step('move it', () => 7);
        sim.fail('look');
      });
    });
    expect(violations[0]?.events[0]).toMatchObject({
      operation: 'step',
      label: 'move it',
      value: 7,
    });
  });

  it('should end the thread when it fails, as any step', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(
          () => sim.step('fail', () => sim.fail('no')),
          () => x.store(1),
        ),
      );
      sim.finally(() => sim.assert(x.peek() === 0, 'went on'));
    });
    expect(report.violations.map(({ property }) => property)).toEqual(['no']);
  });

  it.each(['last', 'first'])('should be seen whole by who sees the atomic it pokes %s', (when) => {
    const publishing = (published: number): string[] =>
      violationsOf((sim) => {
        const data = sim.plain('data', 0);
        const flag = sim.atomic('flag', 0);
        sim.thread('A', function* () {
          yield* sim.step('publish', () => {
            if (when === 'first') flag.poke(1);
            data.poke(1);
            if (when === 'last') flag.poke(1);
          });
          // What comes after the step is not seen through it.
          for (let i = 0; i < published; i++) yield* data.write(2);
        });
        sim.thread('B', function* () {
          if ((yield* flag.load()) === 1) yield* data.read();
        });
      });
    expect(publishing(0)).toEqual([]);
    expect(publishing(1)).toEqual(['data-race: data']);
  });

  it('should read what it peeks and write what it pokes', () => {
    const x = dependencies(
      (sim) => {
        const [a, b] = ['a', 'b'].map((name) => sim.atomic(name, 0));
        sim.thread(
          'A',
          doing(() => sim.step('copy', () => b!.poke(a!.peek()))),
        );
        sim.thread(
          'B',
          doing(
            () => a!.load(),
            () => b!.load(),
          ),
        );
        sim.thread(
          'C',
          doing(() => a!.store(1)),
        );
      },
      ['A', 'B', 'B', 'C'],
    );
    expect(x[1]).toEqual([]);
    expect(x[2]).toContain(0);
    expect(x[3]).toContain(0);
  });

  it('should touch nothing when it looks at nothing', () => {
    const { executions } = exploreAll((sim) => {
      for (const name of ['A', 'B', 'C'])
        sim.thread(
          name,
          doing(() => sim.step('s', () => 0)),
        );
    });
    expect(executions).toBe(interleavings(1, 1, 1));
    expect(
      dependent((sim) => ({
        A: [() => sim.step('s', () => 0)],
        B: [() => sim.step('s', () => 0)],
      })),
    ).toBe(false);
  });
});
