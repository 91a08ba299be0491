import { describe, expect, it } from 'vitest';
import type { Routine, ThreadHandle } from '../../src/index.js';
import { dependencies } from './footprints.js';
import { doing, exploreAll, interleavings, outcomes, violationsOf } from './support.js';

describe('thread', () => {
  it('should run up to its first operation before the first step, in order of creation', () => {
    const orders = new Set<string>();
    exploreAll((sim) => {
      const order: string[] = [];
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          order.push(name);
          yield* sim.pause();
        });
      }
      order.push('set-up');
      sim.finally(() => orders.add(order.join(' ')));
    });
    expect([...orders]).toEqual(['set-up A B C']);
  });

  it('should take one step for each operation and none for local computation', () => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        let sum = 0;
        for (let i = 0; i < 1000; i++) sum += i;
        yield* sim.pause();
        for (let i = 0; i < 1000; i++) sum += i;
        yield* sim.pause();
        sim.assert(sum === 999_000, 'the sum');
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 2 });
  });

  it('should be a scheduling point at every operation', () => {
    const { executions, complete } = exploreAll((sim) => {
      for (const [name, steps] of [2, 1, 3].entries()) {
        sim.thread(`T${name}`, doing(...Array.from({ length: steps }, () => () => sim.pause())));
      }
    });
    expect({ executions, complete }).toEqual({
      executions: interleavings(2, 1, 3),
      complete: true,
    });
  });

  it('should allow no threads, and threads without operations', () => {
    expect(exploreAll(() => undefined)).toMatchObject({
      verdict: 'verified',
      executions: 1,
      steps: 0,
    });
    const report = exploreAll((sim) => {
      const idle = sim.thread('idle', function* () {});
      sim.thread('B', function* () {
        yield* idle.join();
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 1 });
  });

  it('should run what a routine yields on its behalf, and return its value', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 20);
      const result = sim.atomic('result', 0);
      function* twice(): Routine<number> {
        const seen = yield* x.load();
        return seen * 2;
      }
      sim.thread('A', function* () {
        yield* result.store((yield* twice()) + (yield* twice()));
      });
      return () => result.peek();
    });
    expect(ends).toEqual(['80']);
  });

  it('should let a daemon be left blocked and nobody else', () => {
    const waiting = (daemon: boolean): string[] =>
      violationsOf((sim) => {
        const never = sim.event('never');
        sim.thread('A', () => doing(() => never.wait())(), { daemon });
      });
    expect(waiting(true)).toEqual([]);
    expect(waiting(false)).toEqual(['deadlock: never']);
  });

  it('should run a daemon that can run to its end before the execution ends', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(
          () => x.fetchAdd(1),
          () => x.fetchAdd(1),
        ),
        { daemon: true },
      );
      return () => x.peek();
    });
    expect(ends).toEqual(['2']);
  });

  it('should tell threads of the same name apart in events', () => {
    const report = exploreAll((sim) => {
      for (let i = 0; i < 2; i++)
        sim.thread(
          'W',
          doing(() => sim.pause()),
        );
      sim.finally(() => sim.fail('look'));
    });
    const names = report.violations[0]?.events.map(({ thread }) => thread);
    expect(new Set(names).size).toBe(2);
  });
});

describe('join', () => {
  it('should wait for the end of the thread, in one step', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      const child = sim.thread(
        'child',
        doing(
          () => x.fetchAdd(1),
          () => x.fetchAdd(1),
        ),
      );
      sim.thread('parent', function* () {
        yield* child.join();
        sim.assert((yield* x.load()) === 2, 'joined too early');
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 4 });
  });

  it('should allow several threads to join one, and one to join twice', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 0);
      const child = sim.thread(
        'child',
        doing(() => x.store(1)),
      );
      for (const name of ['A', 'B']) {
        sim.thread(
          name,
          doing(
            () => child.join(),
            () => child.join(),
          ),
        );
      }
      return () => x.peek();
    });
    expect(ends).toEqual(['1']);
  });

  it('should order the whole thread before what follows', () => {
    const x = dependencies(
      (sim) => {
        const child = sim.thread(
          'child',
          doing(
            () => sim.pause(),
            () => sim.pause(),
          ),
        );
        sim.thread(
          'parent',
          doing(() => child.join()),
        );
      },
      ['child', 'child', 'parent'],
    );
    expect(x).toEqual([[], [0], [1]]);
  });

  it('should count a thread that ended by a violation as finished', () => {
    const report = exploreAll((sim) => {
      const child = sim.thread('child', function* () {
        yield* sim.pause();
        sim.fail('dies');
      });
      sim.thread(
        'parent',
        doing(() => child.join()),
      );
    });
    expect(report).toMatchObject({ executions: 1, failing: 1, deadlocks: 0, steps: 2 });
  });

  it('should be a deadlock of two that join each other, and of one that joins itself', () => {
    const both = violationsOf((sim) => {
      const handles: ThreadHandle[] = ['A', 'B'].map((name, i) =>
        sim.thread(name, function* () {
          yield* sim.pause();
          yield* handles[1 - i]!.join();
        }),
      );
    });
    expect(both).toHaveLength(1);
    expect(both[0]).toMatch(/^deadlock: .*A.*B/);
    const self = violationsOf((sim) => {
      const me = sim.thread('A', function* () {
        yield* sim.pause();
        yield* me.join();
      });
    });
    expect(self).toHaveLength(1);
    expect(self[0]).toMatch(/^deadlock: .*A/);
  });
});

describe('spawn', () => {
  it('should start the child in one step, up to its first operation', () => {
    const report = exploreAll((sim) => {
      sim.thread('parent', function* () {
        let started = false;
        const child = yield* sim.spawn('child', function* () {
          started = true;
          yield* sim.pause();
        });
        sim.assert(started, 'the child has begun when spawn returns');
        yield* child.join();
      });
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 1, steps: 3 });
  });

  it('should order the spawn before the first step of the child, and nothing else', () => {
    const after = dependencies(
      (sim) => {
        sim.thread(
          'parent',
          doing(
            () =>
              sim.spawn(
                'child',
                doing(() => sim.pause()),
              ),
            () => sim.pause(),
          ),
        );
      },
      ['parent', 'parent', 'child'],
    );
    expect(after).toEqual([[], [0], [0]]);
  });

  it('should order the spawn before the join of a child without a step', () => {
    const after = dependencies(
      (sim) => {
        const started = sim.event('started');
        let child: ThreadHandle | undefined;
        sim.thread('parent', function* () {
          child = yield* sim.spawn('child', function* () {});
          yield* started.set();
        });
        sim.thread('other', function* () {
          yield* started.wait();
          yield* child!.join();
        });
      },
      ['parent', 'parent', 'other', 'other'],
    );
    expect(after[3]).toContain(0);
  });

  it('should interleave the child with the rest of its parent', () => {
    const { executions } = exploreAll((sim) => {
      sim.thread('parent', function* () {
        yield* sim.spawn(
          'child',
          doing(
            () => sim.pause(),
            () => sim.pause(),
          ),
        );
        yield* sim.pause();
        yield* sim.pause();
      });
    });
    expect(executions).toBe(interleavings(2, 2));
  });

  it('should nest', () => {
    const ends = outcomes((sim) => {
      const x = sim.atomic('x', 0);
      const grow = (depth: number) =>
        function* (): Routine {
          yield* x.fetchAdd(1);
          if (depth > 0) {
            const child: ThreadHandle = yield* sim.spawn(`T${depth}`, grow(depth - 1));
            yield* child.join();
          }
        };
      sim.thread('root', grow(3));
      return () => x.peek();
    });
    expect(ends).toEqual(['4']);
  });

  it('should make a daemon when asked to', () => {
    const leave = (daemon: boolean): string[] =>
      violationsOf((sim) => {
        const never = sim.event('never');
        sim.thread(
          'parent',
          doing(() =>
            sim.spawn(
              'child',
              doing(() => never.wait()),
              { daemon },
            ),
          ),
        );
      });
    expect(leave(true)).toEqual([]);
    expect(leave(false)).toEqual(['deadlock: never']);
  });

  it('should end only the child when the child fails before its first operation', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('parent', function* () {
        yield* sim.spawn('child', function* () {
          sim.fail('at once');
        });
        yield* x.store(1);
      });
      sim.finally(() => sim.assert(x.peek() === 1, 'the parent goes on'));
    });
    expect(report).toMatchObject({ executions: 1, failing: 1, steps: 2 });
    expect(report.violations.map(({ property, steps }) => [property, steps])).toEqual([
      ['at once', 1],
    ]);
  });

  it('should not confuse children of the same name', () => {
    const found = violationsOf((sim) => {
      const never = sim.event('never');
      sim.thread('parent', function* () {
        const first = yield* sim.spawn(
          'child',
          doing(() => sim.pause()),
        );
        const second = yield* sim.spawn(
          'child',
          doing(() => never.wait()),
        );
        yield* first.join();
        yield* second.join();
      });
    });
    expect(found.filter((each) => !each.startsWith('deadlock'))).toEqual([]);
    expect(found).toHaveLength(1);
  });
});

describe('self', () => {
  it('should be the name of the thread that asks, also of a child, and empty in set-up and in checks', () => {
    const seen = outcomes((sim) => {
      const names: string[] = [sim.self];
      sim.thread('A', function* () {
        names.push(sim.self);
        yield* sim.spawn('B', function* () {
          names.push(sim.self);
        });
        names.push(yield* sim.step('in a step', () => sim.self));
      });
      return () => [...names, sim.self];
    });
    expect(seen.map((each) => JSON.parse(each) as string[])).toEqual([['', 'A', 'B', 'A', '']]);
  });
});
