import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  explore,
  ReplayError,
  type ReplayOptions,
  type Report,
  type Routine,
  replay,
  type Scenario,
  type Sim,
  scenario,
  UsageError,
  type Violation,
} from '../../src/index.js';
import { failures } from '../engine/gallery.js';
import { doing, exploreAll, strategyNames, thorough } from '../sim/support.js';

function first({ violations }: Report): Violation {
  expect(violations.length).toBeGreaterThan(0);
  return violations[0]!;
}

/** What a replay throws; fails when it does not. */
function refusal(run: () => unknown): ReplayError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ReplayError);
    return error as ReplayError;
  }
  throw new Error('it was replayed');
}

describe('replay', () => {
  const all = failures.flatMap((each) =>
    strategyNames.map((strategy) => [each.scenario.name, strategy, each] as const),
  );
  it.each(all)('should end at the same violation: %s under %s', (_name, strategy, each) => {
    for (const stopAfter of [1, Infinity]) {
      const report = explore(each.scenario, { ...thorough(strategy), stopAfter });
      expect(report.violations.length).toBeGreaterThan(0);
      for (const violation of report.violations) {
        expect(violation.token).toMatch(/^[A-Za-z0-9._-]+$/);
        const again = replay(each.scenario, violation.token);
        expect(again.verdict).toBe('violated');
        expect(again.violation).toEqual(violation);
        expect(again.token).toBe(violation.token);
        expect(again.steps).toBe(violation.steps);
        expect(again.preemptions).toBe(violation.preemptions);
        expect(again.events).toEqual(violation.events);
        expect(again.divergence).toBeUndefined();
      }
    }
  });

  it('should go to the second violation of an execution when the token says so', () => {
    const both = scenario('both', (sim) => {
      for (const name of ['A', 'B', 'C']) {
        sim.thread(name, function* () {
          yield* sim.pause();
          sim.fail(`${name} fails`);
        });
      }
      sim.finally(() => sim.fail('the end'));
      sim.invariant('never', () => false);
    });
    const { violations } = explore(both, {
      strategy: 'dfs',
      maxExecutions: 1,
      stopAfter: Infinity,
    });
    expect(violations.map(({ property }) => property)).toEqual([
      'never',
      'A fails',
      'B fails',
      'C fails',
      'the end',
    ]);
    for (const violation of violations) {
      expect(replay(both, violation.token).violation).toEqual(violation);
    }
  });

  it('should go past a deadlock that follows, to the one of its own', () => {
    const { violations, ...report } = exploreAll((sim) => {
      const [a, b] = ['a', 'b'].map((name) => sim.mutex(name));
      sim.thread('fails', function* () {
        yield* sim.pause();
        sim.fail('unrelated');
      });
      sim.thread(
        'A',
        doing(
          () => a!.lock(),
          () => b!.lock(),
        ),
      );
      sim.thread(
        'B',
        doing(
          () => b!.lock(),
          () => a!.lock(),
        ),
      );
    });
    expect(report.failing).toBeGreaterThan(0);
    expect(violations.map(({ kind }) => kind).sort()).toContain('deadlock');
  });

  it.each([200, 15_000])(
    'should replay a violation at step %i, found with more steps allowed',
    (count) => {
      const long = scenario('long', (sim) => {
        sim.thread('A', function* () {
          for (let i = 0; i < count; i++) yield* sim.pause();
          sim.fail('at last');
        });
      });
      const violation = first(explore(long, { strategy: 'dfs', maxSteps: 20_000 }));
      expect(violation).toMatchObject({ kind: 'assertion', steps: count });
      expect(replay(long, violation.token).violation).toEqual(violation);
    },
  );

  it('should replay a livelock found with fewer or more steps allowed', () => {
    const { scenario: polling } = failures.find(({ kind }) => kind === 'livelock')!;
    for (const maxSteps of [5, 41, 300]) {
      const violation = first(explore(polling, { strategy: 'dfs', maxSteps }));
      expect(violation).toMatchObject({ kind: 'livelock', steps: maxSteps });
      expect(replay(polling, violation.token).violation).toEqual(violation);
    }
  });

  it('should replay a violation in set-up', () => {
    const bad = scenario('bad', (sim) => sim.fail('at once'));
    const violation = first(explore(bad));
    expect(replay(bad, violation.token).violation).toEqual(violation);
  });

  it('should pass when the scenario was mended', () => {
    const make = (expected: number) =>
      scenario('mended', (sim) => {
        const x = sim.atomic('x', 0);
        for (const name of ['A', 'B']) {
          sim.thread(name, function* () {
            yield* x.store((yield* x.load()) + 1);
          });
        }
        sim.finally(() => sim.assert(x.peek() >= expected, 'an update was lost'));
      });
    const { token } = first(explore(make(2)));
    const again = replay(make(1), token);
    expect(again.verdict).toBe('passed');
    expect(again.violation).toBeUndefined();
    expect(again.steps).toBe(4);
  });

  it('should take a token with blanks around it, as mail leaves them', () => {
    const { scenario: lost } = failures[0]!;
    const { token } = first(explore(lost));
    expect(replay(lost, ` \n${token}\r\n`).token).toBe(token);
  });
});

describe('the place of an event', () => {
  it('should be the line of the operation in the scenario', () => {
    const { violations } = exploreAll((sim) => {
      const x = sim.atomic('x', 0);
      function* helper(): Routine {
        yield* x.load(); // marker: helper
      }
      function* body(): Routine {
        yield* x.fetchAdd(1); // marker: body
        yield* helper();
      }
      sim.thread('A', body);
      sim.finally(() => sim.fail('look'));
    });
    const file = fileURLToPath(import.meta.url);
    const lines = readFileSync(file, 'utf8').split('\n');
    const line = (marker: string): number =>
      lines.findIndex((text) => text.includes(`; // marker: ${marker}`)) + 1;
    expect(violations[0]?.events.map(({ location }) => location)).toEqual([
      `test/replay/replay.test.ts:${line('body')}`,
      `test/replay/replay.test.ts:${line('helper')}`,
    ]);
  });
});

describe('a token', () => {
  it('should grow with the context switches and not with the steps', () => {
    const alone = (steps: number): string =>
      first(
        exploreAll((sim) => {
          sim.thread('A', doing(...Array.from({ length: steps }, () => () => sim.pause())));
          sim.finally(() => sim.fail('end'));
        }),
      ).token;
    expect(alone(1000).length).toBeLessThanOrEqual(alone(10).length + 3);
    const pingPong = (rounds: number): string =>
      first(
        exploreAll(
          (sim) => {
            const turn = sim.atomic('turn', 0);
            for (const me of [0, 1]) {
              sim.thread(`T${me}`, function* () {
                for (let i = 0; i < rounds; i++) {
                  yield* sim.until(() => turn.peek() === me);
                  yield* turn.store(1 - me);
                }
              });
            }
            sim.finally(() => sim.fail('end'));
          },
          { strategy: 'random', maxExecutions: 1 },
        ),
      ).token;
    const [short, long] = [pingPong(5).length, pingPong(50).length];
    expect(long).toBeGreaterThan(short * 5);
    expect(long).toBeLessThan(short * 15);
  });

  it('should be the same for the same schedule, and differ for others', () => {
    const tokens = new Set<string>();
    let executions = 0;
    const seen = new Map<string, string>();
    for (let seed = 0; seed < 30; seed++) {
      const violation = first(
        exploreAll(
          (sim) => {
            for (const name of ['A', 'B'])
              sim.thread(
                name,
                doing(
                  () => sim.pause(),
                  () => sim.pause(),
                ),
              );
            sim.finally(() => sim.fail('end'));
          },
          { strategy: 'random', seed, maxExecutions: 1 },
        ),
      );
      executions++;
      const order = violation.events.map(({ thread }) => thread).join('');
      expect(seen.get(order) ?? violation.token).toBe(violation.token);
      seen.set(order, violation.token);
      tokens.add(violation.token);
    }
    expect(executions).toBe(30);
    expect(tokens.size).toBe(seen.size);
    expect(seen.size).toBeGreaterThan(3);
  });
});

describe('a malformed token', () => {
  const { scenario: lost } = failures.find(({ scenario: { name } }) => name === 'chosen')!;
  const { token } = first(explore(lost, { strategy: 'dfs' }));

  it.each([
    ['empty', ''],
    ['blank', '  \n'],
    ['text', 'no token at all'],
    ['only its version', 'q1'],
    ['only dots', '....'],
    ['of a later version', token.replace(/^q1/, 'q2')],
    ['of another version', token.replace(/^q1/, 'q999')],
    ['in capitals', token.toUpperCase()],
    ['given twice', `${token}${token}`],
    ['with a blank inside', `${token.slice(0, 8)} ${token.slice(8)}`],
    ['no text', undefined as unknown as string],
    ['a number', 7 as unknown as string],
  ])('should be refused when it is %s', (_what, text) => {
    const error = refusal(() => replay(lost, text));
    expect(error.step).toBeUndefined();
    expect(error.message).toMatch(/^[^\n]{10,300}$/);
    // Going on after a divergence does not make it readable.
    refusal(() => replay(lost, text, { onDivergence: 'continue' }));
  });

  it('should say which version it is of', () => {
    expect(refusal(() => replay(lost, token.replace(/^q1/, 'q2'))).message).toMatch(/q2.*q1/);
  });

  it('should be refused wherever it is cut off', () => {
    for (let length = 0; length < token.length; length++) {
      refusal(() => replay(lost, token.slice(0, length)));
      if (length > 0) refusal(() => replay(lost, token.slice(length)));
    }
  });

  it('should be refused whichever character is changed, lost or doubled', () => {
    for (let at = 0; at < token.length; at++) {
      const [before, after] = [token.slice(0, at), token.slice(at + 1)];
      for (const other of '0aZ.-_') {
        if (token[at] !== other) refusal(() => replay(lost, `${before}${other}${after}`));
      }
      if (before + after !== token) refusal(() => replay(lost, before + after));
      refusal(() => replay(lost, `${before}${token[at]!}${token[at]!}${after}`));
    }
  });

  test.prop([
    fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('q1', '.', '-', '_', 'v', 'l', 'c', '0', 'a', 'z') }),
    ),
  ])('should be refused whatever it is', (text) => {
    refusal(() => replay(lost, text));
    refusal(() => replay(lost, `q1.${text}`));
  });
});

describe('a token that does not fit', () => {
  interface Names {
    threads?: readonly string[];
    objects?: readonly string[];
    more?: boolean;
  }
  /** Loses an update in an order with one context switch, to and fro. */
  const make = ({ threads = ['A', 'B'], objects = ['x', 'y'], more = false }: Names = {}) =>
    scenario('fits', (sim: Sim) => {
      const [x, y] = objects.map((name) => sim.atomic(name, 0));
      for (const name of threads) {
        sim.thread(name, function* () {
          const seen = yield* x!.load();
          yield* y!.fetchAdd(1);
          if (more) yield* sim.pause();
          yield* x!.store(seen + 1);
        });
      }
      sim.finally(() => sim.assert(x!.peek() === 2, 'lost'));
    });
  const violation = first(explore(make(), { strategy: 'dfs' }));

  it('should be replayed when only JavaScript variables or lines differ', () => {
    const moved = scenario('fits', (s) => {
      const first = s.atomic('x', 0);
      // A comment more, other names, another way to write it.
      const second = s.atomic('y', 0);
      const body = function* (): Routine {
        const value = yield* first.load();

        yield* second.fetchAdd(1);
        yield* first.store(value + 1);
      };
      s.thread('A', body);
      s.thread('B', body);
      s.finally(() => {
        s.assert(first.peek() === 2, 'lost');
      });
    });
    const again = replay(moved, violation.token);
    expect(again.violation).toMatchObject({ kind: 'assertion', property: 'lost', steps: 6 });
    expect(again.token).toBe(violation.token);
  });

  it('should be refused when a thread was renamed, at its first step', () => {
    const error = refusal(() => replay(make({ threads: ['A', 'C'] }), violation.token));
    const step = violation.events.find(({ thread }) => thread === 'B')!.index;
    expect(error.step).toBe(step);
    expect(error.message).toContain(String(step));
    expect(refusal(() => replay(make({ threads: ['C', 'B'] }), violation.token)).step).toBe(1);
  });

  it('should be refused when an object was renamed, at a step where it is used or after', () => {
    expect(refusal(() => replay(make({ objects: ['z', 'y'] }), violation.token)).step).toBe(1);
    const error = refusal(() => replay(make({ objects: ['x', 'z'] }), violation.token));
    const step = violation.events.find(({ object }) => object === 'y')!.index;
    // A token has one fingerprint for each run of steps: it cannot be before the run in which the first difference lies.
    let run = step;
    while (violation.events[run - 2]?.thread === violation.events[run - 1]?.thread) run--;
    expect(error.step).toBeGreaterThanOrEqual(run);
    expect(error.step).toBeGreaterThan(1);
  });

  it('should be refused when there are more operations, or threads fewer', () => {
    expect(refusal(() => replay(make({ more: true }), violation.token)).step).toBeGreaterThan(0);
    expect(refusal(() => replay(make({ threads: ['A'] }), violation.token)).step).toBeGreaterThan(
      1,
    );
  });

  it('should be refused when it goes on longer or shorter than recorded', () => {
    const grow = (steps: number) =>
      scenario('grow', (sim) => {
        sim.thread('A', doing(...Array.from({ length: steps }, () => () => sim.pause())));
        sim.finally(() => sim.fail('end'));
      });
    const { token } = first(explore(grow(5)));
    expect(refusal(() => replay(grow(4), token)).step).toBe(5);
    expect(refusal(() => replay(grow(6), token)).step).toBe(6);
  });

  it('should be refused when a choice has fewer values', () => {
    const choosing = (count: number) =>
      scenario('choosing', (sim) => {
        sim.thread('A', function* () {
          yield* sim.pause();
          if ((yield* sim.choose(count)) === count - 1) sim.fail('last');
        });
      });
    const { token } = first(explore(choosing(5)));
    expect(refusal(() => replay(choosing(3), token)).step).toBe(2);
  });

  it('should be refused by a scenario of another kind', () => {
    for (const { scenario: other } of failures) {
      const { name } = other;
      expect(refusal(() => replay(other, violation.token)).message).toContain(name);
    }
  });

  it('should go on when asked to, and say where it left the recording', () => {
    const other = make({ threads: ['A', 'C'] });
    const again = replay(other, violation.token, { onDivergence: 'continue' });
    const step = violation.events.find(({ thread }) => thread === 'B')!.index;
    expect(again.divergence).toContain(String(step));
    expect(again.steps).toBe(6);
    // What was executed has a token of its own, which fits.
    expect(replay(other, again.token).verdict).toBe(again.verdict);
    expect(replay(other, again.token).divergence).toBeUndefined();
  });

  it('should go on under a default schedule to the end, whatever the scenario', () => {
    for (const { scenario: other } of failures) {
      const again = replay(other, violation.token, { onDivergence: 'continue' });
      expect(again.divergence).toBeDefined();
      expect(again.events).toHaveLength(again.steps);
      const exact = replay(other, again.token);
      expect(exact.verdict).toBe(again.verdict);
      expect(exact.events).toEqual(again.events);
    }
  });

  it('should end at the last violation that there is, when the recorded one came later', () => {
    const stores = (final: boolean): Scenario =>
      scenario('stores', (sim) => {
        const x = sim.atomic('x', 0);
        sim.invariant('x is 0', () => x.peek() === 0);
        sim.thread('A', function* () {
          yield* x.store(1);
          yield* x.store(2);
        });
        if (final) sim.finally(() => sim.fail('at the end'));
      });
    const both = explore(stores(true), { stopAfter: 2 }).violations;
    expect(both.map(({ steps }) => steps)).toEqual([1, 2]);
    const again = replay(stores(false), both[1]!.token);
    expect(again).toMatchObject({ verdict: 'violated', steps: 1, token: both[0]!.token });
    expect(again.violation).toEqual(both[0]);
    expect(again.events).toEqual(both[0]!.events);
  });

  it('should say nothing of a divergence when there is none', () => {
    const again = replay(make(), violation.token, { onDivergence: 'continue' });
    expect(again.divergence).toBeUndefined();
    expect(again.violation).toEqual(violation);
  });
});

describe('options of replay', () => {
  const { scenario: lost } = failures[0]!;
  const { token } = first(explore(lost));

  it.each([
    ['an unknown option', { onDivergance: 'continue' }, /onDivergance.*onDivergence/],
    ['an unknown way to go on', { onDivergence: 'go on' }, /go on/],
  ])('should refuse %s', (_what, options, says) => {
    const run = (): unknown => replay(lost, token, options as ReplayOptions);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(says);
  });

  it('should take undefined for the default', () => {
    const options = { onDivergence: undefined } as unknown as ReplayOptions;
    expect(replay(lost, token, options).token).toBe(token);
  });
});
