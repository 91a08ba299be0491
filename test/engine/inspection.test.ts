import { describe, expect, it } from 'vitest';
import { type Atomic, explore, type Sim, scenario, UsageError } from '../../src/index.js';
import { doing, exploreAll, found } from '../sim/support.js';

describe('a look at shared state', () => {
  /** What was evaluated just before the thread looks or writes where it must not. */
  const before: readonly [name: string, evaluate: (sim: Sim, x: Atomic<number>) => void][] = [
    [
      'an invariant',
      (sim, x) => {
        sim.invariant('positive', () => x.peek() >= 0);
      },
    ],
    [
      'a condition of a thread that waits',
      (sim, x) => {
        sim.thread('W', function* () {
          yield* sim.until(() => x.peek() < 0);
        });
      },
    ],
    ['nothing', () => undefined],
  ];

  it.each(before)('should be refused to a thread after %s', (_name, evaluate) => {
    const looks = (look: (x: Atomic<number>) => void): unknown =>
      explore(
        scenario('looks', (sim) => {
          const x = sim.atomic('x', 0);
          evaluate(sim, x);
          sim.thread('A', function* () {
            yield* sim.step('reads', () => x.peek());
            yield* sim.pause();
            look(x);
            yield* sim.pause();
          });
        }),
        { seed: 1 },
      );
    expect(() => looks((x) => x.peek())).toThrow(/peek at "x" outside/);
    expect(() => looks((x) => x.poke(1))).toThrow(/poke at "x" outside/);
    expect(() => looks(() => undefined)).not.toThrow();
  });

  it('should be allowed to a message in the middle of a step, and writing after it', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.step('adds', () => {
          sim.assert(x.peek() === 0, () => `x is ${x.peek()}`);
          sim.log(() => `x is ${x.peek()}`);
          x.poke(x.peek() + 1);
        });
      });
      sim.finally(() => sim.assert(x.peek() === 1, 'x is 1'));
    });
    expect(report.verdict).toBe('verified');
  });
});

describe('an operation left behind', () => {
  it('should be no mistake of a thread that failed before it could pass it on', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        const late = x.load();
        sim.fail('too early');
        yield* late;
      });
      sim.thread('B', function* () {
        yield* sim.pause();
        const late = x.load();
        sim.fail('in the middle');
        yield* late;
      });
    });
    expect(found(report)).toEqual(['assertion: in the middle', 'assertion: too early']);
  });

  it('should be named, the first of several', () => {
    const forgets = scenario('forgets', (sim) => {
      const [x, y] = [sim.atomic('x', 0), sim.atomic('y', 0)];
      sim.thread('A', function* () {
        yield* sim.pause();
        x.store(1);
        yield* y.store(1);
      });
    });
    expect(() => explore(forgets)).toThrow(/^thread "A" made the operation x\.store and did not/);
  });

  it('should not hide another mistake that came first', () => {
    const both = scenario('both', (sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* sim.pause();
        x.store(1);
        x.peek();
      });
    });
    expect(() => explore(both)).toThrow(/^peek at "x" outside/);
  });
});

describe('an invariant', () => {
  it('should fail by its own name, whatever it swallows', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.invariant('swallows', () => {
        try {
          sim.assert(x.peek() === 0, 'x is 0');
        } catch {
          return false;
        }
        return true;
      });
      sim.thread(
        'A',
        doing(() => x.store(1)),
      );
    });
    expect(report.violations).toMatchObject([{ kind: 'invariant' }]);
  });
});

describe('a thread', () => {
  it('should not run on after an operation that is a violation', () => {
    const ran: string[] = [];
    const report = exploreAll((sim) => {
      const block = sim.block('b');
      const x = block.plain('x', 0);
      const after = sim.reachable('after the violation');
      sim.thread('A', function* () {
        yield* sim.free(block);
        yield* x.read();
        after();
        ran.push('A');
      });
    });
    expect(found(report)).toEqual(['use-after-free: b']);
    expect(report.unreached).toEqual(['after the violation']);
    expect(ran).toEqual([]);
  });

  it('should be refused when calling its body gives nothing', () => {
    const nothing = (): never => undefined as never;
    const spawns = scenario('spawns', (sim) => {
      sim.thread('A', function* () {
        yield* sim.spawn('B', nothing);
      });
    });
    const made = scenario('made', (sim) => void sim.thread('A', nothing));
    for (const wrong of [made, spawns]) {
      expect(() => explore(wrong)).toThrow(UsageError);
      expect(() => explore(wrong)).toThrow(/must be a generator .* returned undefined$/);
    }
  });
});
