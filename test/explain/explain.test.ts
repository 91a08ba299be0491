import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/explain/walk.js';
import {
  type ExplainOptions,
  type Explanation,
  explain,
  explore,
  type Scenario,
  type Sim,
  scenario,
} from '../../src/index.js';
import { explanationLines } from '../../src/report/explanation.js';
import { philosophers } from '../kit/known.js';
import { toScenario } from '../kit/scenario.js';

function explained(about: Scenario, options: ExplainOptions = {}): Explanation {
  const violation = explore(about, { seed: 0, maxExecutions: 1_000 }).violations[0]!;
  return explain(about, violation, options);
}

const lostUpdate = scenario('lost-update', (sim) => {
  const x = sim.atomic('x', 0);
  for (const name of ['A', 'B']) {
    sim.thread(name, function* () {
      const seen = yield* x.load();
      yield* x.store(seen + 1);
    });
  }
  sim.finally(() => sim.assert(x.peek() === 2, 'an update was lost'));
});

const deadlock = scenario('deadlock', (sim) => {
  const [first, second] = [sim.mutex('first'), sim.mutex('second')];
  const both = (name: string, one: typeof first, other: typeof first): void => {
    sim.thread(name, function* () {
      yield* one.lock();
      yield* other.lock();
      yield* other.unlock();
      yield* one.unlock();
    });
  };
  both('A', first, second);
  both('B', second, first);
});

const unplug = scenario('unplug', (sim) => {
  const device = sim.block('device');
  const register = device.atomic('register', 0);
  const listed = sim.atomic('listed', true);
  sim.thread('guest', function* () {
    if (yield* listed.load()) yield* register.load();
  });
  sim.thread('monitor', function* () {
    yield* listed.store(false);
    yield* sim.free(device);
  });
});

/** Fails where the guess is right, or where B is late. */
const twoCauses = scenario('two-causes', (sim) => {
  const x = sim.atomic('x', 0);
  const y = sim.atomic('y', 0);
  sim.thread('A', function* () {
    const guess = yield* sim.choose(3, 'guess');
    const seen = yield* x.load();
    const late = (yield* y.load()) === 0;
    sim.assert(guess !== 2 && (seen === 0 || !late), 'unlucky');
  });
  sim.thread('B', function* () {
    yield* x.store(1);
    yield* y.store(1);
  });
});

const parity = (n: number): ((sim: Sim) => void) => {
  return (sim) => {
    const bits = Array.from({ length: n }, (_, i) => sim.atomic(`bit${i}`, 0));
    bits.forEach((bit, i) => {
      sim.thread(`t${i}`, function* () {
        yield* bit.store(1);
      });
    });
    sim.thread('reader', function* () {
      let sum = 0;
      for (const bit of bits) sum += yield* bit.load();
      sim.assert(sum % 2 === 0, 'odd');
    });
  };
};

describe('the sentence', () => {
  const golden: readonly [Scenario, sentence: string][] = [
    [
      lostUpdate,
      'Fails exactly when load x by A comes before store x by B, and load x by B comes before store x by A.',
    ],
    [
      deadlock,
      'Fails exactly when lock first by A comes before lock first by B, and lock second by B comes before lock second by A.',
    ],
    [
      unplug,
      'Fails exactly when free device by monitor comes before load device.register by guest, and load listed by guest comes before store listed by monitor.',
    ],
    [
      twoCauses,
      'Fails exactly when one of these holds: (1) choose "guess" by A gives 2; (2) load y by A comes before store y by B, and store x by B comes before load x by A.',
    ],
    [
      scenario('always', (sim) => {
        sim.thread('A', function* () {
          yield* sim.pause();
          sim.fail('no');
        });
      }),
      'Fails in every order of steps.',
    ],
    [
      scenario('parity', parity(6)),
      'No few orderings tell the executions that fail from the others.',
    ],
  ];
  it.each(golden)('should say what leads to the failure of $name', (about, sentence) => {
    expect(explained(about).sentence).toBe(sentence);
  });

  it('should name several steps alike by their number, and threads alike as well', () => {
    const about = scenario('twins', (sim) => {
      const x = sim.atomic('x', 0);
      for (let i = 0; i < 2; i++) {
        sim.thread('T', function* () {
          sim.log('begins');
          yield* x.fetchAdd(1);
          const seen = yield* x.fetchAdd(1);
          sim.assert(seen !== 2 || i === 0, 'second after first');
        });
      }
    });
    expect(explained(about).sentence).toMatch(/(1st|2nd) fetchAdd x by T#2/);
  });

  it('should not be given where there are more traces than the budget allows', () => {
    const found = explained(toScenario(philosophers(3)), { maxExecutions: 5 });
    expect(found).toMatchObject({ exhausted: false, causes: [], traces: 5 });
    expect(found.sentence).toMatch(
      /^Which orderings lead to it was not found within the limits: 5 /,
    );
  });

  it('should not be given where executions run out of steps, for more may lie behind', () => {
    const found = explained(lostUpdate, { maxSteps: 3 });
    expect(found).toMatchObject({ exhausted: false, causes: [] });
  });

  it('should be the same every time', () => {
    const options = { maxExecutions: 100, walks: 50 };
    expect(explained(twoCauses, options)).toEqual(explained(twoCauses, options));
  });

  it('should stop when it is told to', () => {
    const found = explained(toScenario(philosophers(7)), { onProgress: () => false, walks: 20 });
    expect(found).toMatchObject({ exhausted: false, rarity: { exact: false, executions: 20 } });
  });
});

describe('the rarity', () => {
  it.each([
    [2, 1 / 2],
    [3, 1 / 3],
    [4, 0.229167],
  ])('should be known exactly for %i philosophers', (n, probability) => {
    const { rarity, traces, failing } = explained(toScenario(philosophers(n)));
    expect(rarity.exact).toBe(true);
    expect(rarity.probability).toBeCloseTo(probability, 6);
    expect({ traces, failing }).toEqual({ traces: 2 ** n - 1, failing: 1 });
  });

  it('should be estimated where it cannot be computed, and contain the truth', () => {
    const { rarity } = explained(toScenario(philosophers(4)), { maxExecutions: 100, walks: 1_000 });
    expect(rarity).toMatchObject({ exact: false, executions: 1_000 });
    expect(rarity.interval[0]).toBeLessThan(11 / 48);
    expect(rarity.interval[1]).toBeGreaterThan(11 / 48);
  });

  it('should come with the interval of Wilson', () => {
    // The ends are the probabilities that are just not rejected: so many standard deviations from what was seen.
    for (const [successes, trials] of [
      [15, 100],
      [1, 10],
      [999, 1_000],
    ] as const) {
      for (const end of wilson(successes, trials)) {
        const deviation = Math.sqrt((end * (1 - end)) / trials);
        expect(Math.abs(successes / trials - end) / deviation).toBeCloseTo(1.96, 3);
      }
    }
    expect(wilson(0, 10)[0]).toBe(0);
    expect(wilson(10, 10)[1]).toBe(1);
  });

  it('should be printed as a percentage, or as one in so many', () => {
    const base = explained(lostUpdate);
    const printed = (rarity: Partial<Explanation['rarity']>): string =>
      explanationLines({ ...base, rarity: { ...base.rarity, ...rarity } })[1]!;
    expect(printed({})).toBe(
      '2 of 4 traces fail so; a random walk fails so with probability 50 %.',
    );
    expect(printed({ probability: 2 ** -23 })).toMatch(/with probability 1 in 8,390,000\.$/);
    expect(
      printed({ probability: 0.1, exact: false, interval: [0.05, 0.2], executions: 40 }),
    ).toMatch(/of about 10 %, 95 % interval 5 % to 20 % \(in a sample of 40 random walks\)\.$/);
    expect(
      printed({ probability: 0, exact: false, interval: [0, 0.0004], executions: 9_600 }),
    ).toMatch(/of at most 1 in 2,500 by the 95 % interval \(none of 9,600 random walks does\)\.$/);
  });
});

describe('the options', () => {
  const wrong: readonly [ExplainOptions, RegExp][] = [
    [{ maxExecutions: 0 }, /maxExecutions must be a whole number from 1, not 0/],
    [{ walks: 1.5 }, /walks must be a whole number from 1, not 1\.5/],
    [{ maxSteps: -1 }, /maxSteps must be/],
    [{ seed: Number.NaN }, /the seed must be a string or a finite number/],
    [{ onProgress: 1 as never }, /onProgress must be a function/],
    [{ often: 1 } as ExplainOptions, /explain has no option "often"; the options are /],
  ];
  it.each(wrong)('should refuse %j', (options, message) => {
    expect(() => explained(lostUpdate, options)).toThrow(message);
  });

  it('should refuse what no order explains', () => {
    const violation = explore(lostUpdate).violations[0]!;
    expect(() => explain(lostUpdate, { ...violation, kind: 'nondeterminism' })).toThrow(
      /nondeterminism is not in the order of steps/,
    );
  });
});
