import { describe, expect, test } from 'vitest';
import { type Scenario, scenario, type ViolationKind } from '../../src/index.js';
import '../../src/testing/vitest.js';

const lostUpdate = scenario('lost-update', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B']) {
    sim.thread(name, function* () {
      const seen = yield* x.load();
      yield* x.store(seen + 1);
    });
  }
  sim.finally(() => {
    sim.assert(x.peek() === 2, 'an update was lost');
  });
});

const counted = scenario('counted', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B']) {
    sim.thread(name, function* () {
      yield* x.fetchAdd(1);
    });
  }
});

/** Fails in one way or in another, depending on who comes first. */
const twoKinds = scenario('two-kinds', (sim) => {
  const x = sim.atomic('x', 0);
  const lock = sim.mutex('lock');
  sim.thread('A', function* () {
    if ((yield* x.load()) === 0) sim.fail('too early');
    yield* lock.lock();
    yield* lock.lock();
  });
  sim.thread('B', function* () {
    yield* x.store(1);
  });
});

/** The message with which an assertion fails. */
function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion held');
}

describe('toBeVerified', () => {
  test('should hold when every execution was explored', () => {
    expect(counted).toBeVerified();
    expect(counted).toBeVerified({ strategy: 'dfs', preemptions: 1 });
  });

  test('should fail with the failure report', () => {
    const message = failureOf(() => {
      expect(lostUpdate).toBeVerified({ strategy: 'dfs' });
    });
    expect(message).toMatch(/^lost-update: assertion: an update was lost\n/);
    expect(message).toContain('load x = 0');
    expect(message).toMatch(/\nreplay\(lostUpdate, '[\w.-]+'\)$/);
  });

  test('should say that the budget ended when it did', () => {
    const message = failureOf(() => {
      expect(counted).toBeVerified({ strategy: 'dfs', maxExecutions: 1 });
    });
    expect(message).toContain('the budget ended before every execution was explored');
    expect(message).toContain('counted: passed');
  });

  test('should say that the search was stopped when it was', () => {
    const large = scenario('large', (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < 12; i++) {
        sim.thread(`T${i}`, function* () {
          yield* x.fetchAdd(1);
        });
      }
    });
    const message = failureOf(() => {
      expect(large).toBeVerified({ maxExecutions: Infinity, onProgress: () => false });
    });
    expect(message).toMatch(
      /^not verified: the search was stopped before [^]*\nlarge: passed \(stopped before the search ended\); /,
    );
  });

  test('should say that a random search cannot verify', () => {
    const message = failureOf(() => {
      expect(counted).toBeVerified({ strategy: 'random', seed: 1, maxExecutions: 5 });
    });
    expect(message).toContain('strategy "random" samples executions');
    expect(message).toContain('toPass()');
  });

  test('should be negated', () => {
    expect(lostUpdate).not.toBeVerified();
    const message = failureOf(() => {
      expect(counted).not.toBeVerified({ strategy: 'dfs', preemptions: 1 });
    });
    expect(message).toContain('counted: verified within 1 preemption; 2 executions; dfs');
  });
});

describe('toPass', () => {
  test('should hold when a random search finds nothing', () => {
    expect(counted).toPass({ strategy: 'random', seed: 1, maxExecutions: 5 });
  });

  test('should fail with the failure report', () => {
    const message = failureOf(() => {
      expect(lostUpdate).toPass();
    });
    expect(message).toMatch(/\nreplay\(lostUpdate, '[\w.-]+'\)$/);
  });

  test('should be negated', () => {
    expect(lostUpdate).not.toPass();
    const message = failureOf(() => {
      expect(counted).not.toPass();
    });
    expect(message).toContain('expected a violation, and none was found');
  });
});

describe('toViolate', () => {
  test('should hold when a violation of the kind is found', () => {
    expect(lostUpdate).toViolate('assertion');
    expect(lostUpdate).toViolate('assertion', { strategy: 'random', seed: 1 });
  });

  test('should look beyond violations of other kinds', () => {
    expect(twoKinds).toViolate('assertion');
    expect(twoKinds).toViolate('lock-misuse');
  });

  test('should fail when only others are found, and show them', () => {
    const message = failureOf(() => {
      expect(lostUpdate).toViolate('deadlock');
    });
    expect(message).toContain(
      'expected a violation of kind "deadlock", and only others were found',
    );
    expect(message).toContain('lost-update: assertion: an update was lost');
  });

  test('should fail when none is found', () => {
    const message = failureOf(() => {
      expect(counted).toViolate('data-race', { strategy: 'dfs' });
    });
    expect(message).toBe(
      'expected a violation of kind "data-race", and none of any kind was found\n' +
        'counted: verified; 2 executions; dfs',
    );
  });

  test('should be negated, with the failure report', () => {
    expect(lostUpdate).not.toViolate('deadlock');
    const message = failureOf(() => {
      expect(lostUpdate).not.toViolate('assertion');
    });
    expect(message).toMatch(/\nreplay\(lostUpdate, '[\w.-]+'\)$/);
  });

  test('should name the kinds when given an unknown one', () => {
    expect(() => {
      expect(lostUpdate).toViolate('dead-lock' as ViolationKind);
    }).toThrow('there is no kind of violation "dead-lock"; the kinds are assertion, invariant');
  });
});

describe('every matcher', () => {
  const wrong: readonly [value: unknown, shown: string][] = [
    [undefined, 'undefined'],
    [null, 'null'],
    ['lost-update', '"lost-update"'],
    [() => undefined, 'a function'],
    [{ name: 'x' }, 'an object'],
    [[], 'an array'],
  ];
  test.each(wrong)('should say that %s is no scenario, negated or not', (value, shown) => {
    const received = value as Scenario;
    const assertions: [string, () => void][] = [
      ['toBeVerified', () => expect(received).toBeVerified()],
      ['toBeVerified', () => expect(received).not.toBeVerified()],
      ['toPass', () => expect(received).toPass()],
      ['toPass', () => expect(received).not.toPass()],
      ['toViolate', () => expect(received).toViolate('leak')],
      ['toViolate', () => expect(received).not.toViolate('leak')],
    ];
    for (const [name, assertion] of assertions) {
      expect(failureOf(assertion)).toBe(
        `expect(...).${name}() needs a scenario, as scenario(name, setup) makes it, not ${shown}`,
      );
    }
  });

  test('should print a replay line that parses whatever the name', () => {
    const odd = scenario("1 'quoted' / naïve", (sim) => {
      sim.fail('at once');
    });
    const message = failureOf(() => {
      expect(odd).toPass();
    });
    expect(message).toMatch(/\nreplay\(scenario, '[\w.-]+'\)$/);
  });
});
