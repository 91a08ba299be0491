import { describe, expect, it } from 'vitest';
import { explore, scenario } from '../../src/index.js';
import {
  doing,
  exploreAll,
  found,
  outcomes,
  strategyNames,
  thorough,
  violationsOf,
} from './support.js';

describe('assert and fail', () => {
  it('should be a violation named by its message, at the step before', () => {
    const { violations } = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.store(1);
        sim.assert((yield* x.load()) === 2, 'x is two');
        yield* x.store(3);
      });
      sim.finally(() => sim.assert(x.peek() === 1, 'went on'));
    });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({
      kind: 'assertion',
      property: 'x is two',
      steps: 2,
      message: expect.stringContaining('x is two') as string,
    });
    expect(violations[0]?.events).toHaveLength(2);
  });

  it('should hold without effect when the condition is true', () => {
    const ends = outcomes((sim) => {
      const calls = sim.atomic('calls', 0);
      sim.thread('A', function* () {
        yield* calls.store(1);
        sim.assert(true, () => {
          throw new Error('made for nothing');
        });
      });
      return () => calls.peek();
    });
    expect(ends).toEqual(['1']);
  });

  it('should let a message peek', () => {
    const found = violationsOf((sim) => {
      const x = sim.atomic('x', 3);
      sim.thread('A', function* () {
        yield* sim.pause();
        sim.assert(false, () => `x is ${x.peek()}`);
      });
    });
    expect(found).toEqual(['assertion: x is 3']);
  });

  it('should not be escaped by catching what it throws', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        try {
          yield* sim.pause();
          sim.fail('caught');
        } catch {
          yield* x.store(1);
        } finally {
          yield* x.store(2);
        }
      });
      sim.finally(() => sim.assert(x.peek() === 0, 'went on'));
    });
    expect(found(report)).toEqual(['assertion: caught']);
  });

  it('should be found before the first operation of a thread, and in set-up', () => {
    const first = exploreAll((sim) => {
      sim.thread('A', function* () {
        sim.fail('at once');
        yield* sim.pause();
      });
    });
    expect(first.violations).toMatchObject([{ property: 'at once', steps: 0, events: [] }]);
    const setup = exploreAll((sim) => sim.fail('in set-up'));
    expect(setup.violations).toMatchObject([{ property: 'in set-up', steps: 0 }]);
    expect(setup).toMatchObject({ executions: 1, failing: 1, verdict: 'violated', complete: true });
  });
});

describe('exception', () => {
  it('should be what a thread throws, named with its text', () => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        yield* sim.pause();
        throw new RangeError('too far');
      });
    });
    expect(found(report)).toEqual(['exception: RangeError: too far']);
    expect(report.violations[0]?.message).toMatch(/\bA\b/);
  });

  it.each([
    ['a string', 'text'],
    ['nothing', undefined],
    ['null', null],
    ['an object', { a: 1 }],
    ['a symbol', Symbol('s')],
  ])('should be reported when %s is thrown', (_what, thrown) => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        yield* sim.pause();
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw thrown;
      });
    });
    expect(report.violations).toHaveLength(1);
    expect(report.violations[0]?.kind).toBe('exception');
  });

  it('should say where it was thrown, in a check too', () => {
    const thrown = new Error('oops');
    const throwing = (): never => {
      throw thrown;
    };
    const final = exploreAll((sim) => {
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
      sim.finally(throwing);
    });
    const invariant = exploreAll((sim) => {
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
      sim.invariant('inv', throwing);
    });
    for (const report of [final, invariant]) {
      expect(report.violations).toHaveLength(1);
      expect(report.violations[0]?.kind).toBe('exception');
      expect(report.violations[0]?.message).not.toContain('set-up');
    }
    const setup = exploreAll(throwing);
    expect(setup.violations[0]).toMatchObject({ kind: 'exception', property: 'Error: oops' });
  });
});

describe('invariant', () => {
  it('should be checked before the first step and after every one', () => {
    let checks = 0;
    explore(
      scenario('test', (sim) => {
        sim.thread(
          'A',
          doing(
            () => sim.pause(),
            () => sim.pause(),
          ),
        );
        sim.invariant('counts', () => {
          checks++;
        });
        sim.finally(() => {
          sim.assert(checks % 3 === 0, () => `${checks} checks`);
        });
      }),
      { strategy: 'dfs' },
    );
    expect(checks).toBeGreaterThan(0);
    expect(checks % 3).toBe(0);
  });

  it('should be a violation at step 0 when it never held', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
      sim.invariant('never', () => false);
    });
    expect(violations).toMatchObject([{ kind: 'invariant', property: 'never', steps: 0 }]);
  });

  it('should find the one state in which it does not hold', () => {
    for (const strategy of strategyNames) {
      const report = explore(
        scenario('test', (sim) => {
          const x = sim.atomic('x', 0);
          const y = sim.atomic('y', 0);
          sim.thread(
            'A',
            doing(
              () => x.store(1),
              () => x.store(0),
            ),
          );
          sim.thread(
            'B',
            doing(
              () => y.store(1),
              () => y.store(0),
            ),
          );
          sim.invariant('not both', () => x.peek() + y.peek() < 2);
        }),
        { ...thorough(strategy), stopAfter: Infinity },
      );
      expect(found(report), strategy).toEqual(['invariant: not both']);
    }
  });

  it('should fail when an assert in it does, under its own name', () => {
    const { violations } = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread(
        'A',
        doing(() => x.store(1)),
      );
      sim.invariant('zero', () => sim.assert(x.peek() === 0, () => `x is ${x.peek()}`));
    });
    expect(violations).toMatchObject([{ kind: 'invariant', property: 'zero', message: 'x is 1' }]);
  });

  it('should fail by false alone', () => {
    const found = violationsOf((sim) => {
      sim.thread(
        'A',
        doing(() => sim.pause()),
      );
      sim.invariant('nothing', () => undefined);
      sim.invariant('true', () => true);
    });
    expect(found).toEqual([]);
  });

  it('should end no thread and not be evaluated again', () => {
    let evaluations = 0;
    const ends = new Set<number>();
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      let failed = false;
      sim.thread(
        'A',
        doing(
          () => x.store(1),
          () => x.store(2),
          () => x.store(3),
        ),
      );
      sim.invariant('zero', () => {
        expect(failed).toBe(false);
        evaluations++;
        failed = x.peek() !== 0;
        return !failed;
      });
      sim.invariant('small', () => x.peek() < 3);
      sim.finally(() => ends.add(x.peek()));
    });
    expect(found(report)).toEqual(['invariant: small', 'invariant: zero']);
    expect(report).toMatchObject({ executions: 1, failing: 1, steps: 3 });
    expect([...ends]).toEqual([3]);
    expect(evaluations).toBeGreaterThan(0);
  });

  it('should see what a thread did in the step that ended it', () => {
    const report = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      sim.thread('A', function* () {
        yield* x.store(1);
        sim.fail('after the store');
      });
      sim.invariant('zero', () => x.peek() === 0);
    });
    expect(found(report)).toEqual(['assertion: after the store', 'invariant: zero']);
    expect(report).toMatchObject({ executions: 1, failing: 1 });
  });
});

describe('finally', () => {
  it('should be checked at the end of every execution that did not deadlock', () => {
    const report = exploreAll((sim) => {
      const e = sim.event('e');
      sim.thread(
        'A',
        doing(() => e.wait()),
      );
      sim.thread(
        'B',
        doing(
          () => e.set(),
          () => e.reset(),
        ),
      );
      sim.finally(() => sim.fail('the end'));
    });
    expect(report).toMatchObject({ executions: 2, deadlocks: 1, failing: 2 });
    expect(found(report)).toEqual(['assertion: the end', 'deadlock: e']);
  });

  it('should be checked after a violation when the search continues', () => {
    const report = exploreAll((sim) => {
      sim.thread('A', function* () {
        yield* sim.pause();
        sim.fail('first');
      });
      sim.finally(() => sim.fail('end'));
    });
    expect(found(report)).toEqual(['assertion: end', 'assertion: first']);
    expect(report).toMatchObject({ executions: 1, failing: 1 });
  });

  it.each([
    ['was', true],
    ['was not', false],
  ])('should know that a thread %s interrupted', (_was, fails) => {
    const seen: boolean[] = [];
    exploreAll((sim) => {
      // Ends no thread.
      sim.invariant('never', () => false);
      sim.thread('A', function* () {
        yield* sim.pause();
        if (fails) sim.fail('first');
      });
      sim.finally(({ interrupted }) => seen.push(interrupted));
    });
    expect(new Set(seen)).toEqual(new Set([fails]));
  });

  it('should check all, also when one fails', () => {
    expect(
      violationsOf((sim) => {
        sim.finally(() => sim.fail('one'));
        sim.finally(() => sim.fail('two'));
      }),
    ).toEqual(['assertion: one', 'assertion: two']);
  });

  it('should be at the end, with no thread to blame', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread(
        'A',
        doing(
          () => sim.pause(),
          () => sim.pause(),
        ),
      );
      sim.finally(() => sim.fail('end'));
    });
    expect(violations).toMatchObject([{ steps: 2, preemptions: 0 }]);
    expect(violations[0]?.events).toHaveLength(2);
  });
});

describe('reachable', () => {
  it('should list labels that no execution reached, in the order of set-up', () => {
    const report = exploreAll((sim) => {
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((label) => sim.reachable(label));
      sim.thread('A', function* () {
        const way = yield* sim.choose(2);
        if (way === 0) a!();
        if (way === 1) c!();
        if (way === 2) b!();
        if (way === 3) d!();
      });
    });
    expect(report.unreached).toEqual(['b', 'd']);
    expect(report.verdict).toBe('verified');
    expect(report.warnings.join('\n')).toMatch(/"b"/);
  });

  it('should count any place with the same label', () => {
    const { unreached } = exploreAll((sim) => {
      const [first] = [sim.reachable('here'), sim.reachable('here')];
      sim.thread('A', function* () {
        first();
      });
    });
    expect(unreached).toEqual([]);
  });
});

describe('log', () => {
  it('should be a note at the step that the thread took last', () => {
    const { violations } = exploreAll((sim) => {
      const x = sim.atomic('x', 5);
      sim.thread('A', function* () {
        yield* x.load();
        sim.log('one');
        sim.log(() => `x is ${x.peek()}`);
        yield* x.store(6);
        sim.log('three');
        sim.fail('look');
      });
    });
    expect(violations[0]?.events.map(({ label }) => label)).toEqual(['one; x is 5', 'three']);
  });

  it('should wait for the first step when set-up notes something', () => {
    const { violations } = exploreAll((sim) => {
      sim.log('a card with two regions');
      sim.thread('A', function* () {
        yield* sim.pause();
        yield* sim.pause();
        sim.fail('look');
      });
    });
    const labels = violations[0]?.events.map(({ label }) => label);
    expect(labels).toEqual(['a card with two regions', '']);
  });

  it('should not change the search', () => {
    const count = (log: boolean): number =>
      exploreAll((sim) => {
        for (const name of ['A', 'B']) {
          sim.thread(name, function* () {
            yield* sim.pause();
            if (log) sim.log('here');
            yield* sim.pause();
          });
        }
      }).executions;
    expect(count(true)).toBe(count(false));
  });

  it('should belong to the spawn when a child notes something before its first operation', () => {
    const { violations } = exploreAll((sim) => {
      sim.thread('parent', function* () {
        yield* sim.pause();
        yield* sim.spawn('child', function* () {
          sim.log('born');
          yield* sim.pause();
        });
      });
      sim.finally(() => sim.fail('look'));
    });
    const noted = violations[0]?.events.find(({ label }) => label.includes('born'));
    expect(noted?.operation).toBe('spawn');
  });
});
