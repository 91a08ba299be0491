import { describe, expect, it } from 'vitest';
import { labels, labelsOf } from '../../properties/index.js';
import { explore, type Operation, type Sim, scenario } from '../../src/index.js';

/** The labels of everything that goes wrong. */
function labelsIn(setup: (sim: Sim) => void): string[] {
  const leakCheck = true;
  const { violations } = explore(scenario('labels', setup, { leakCheck }), { stopAfter: Infinity });
  expect(violations).not.toEqual([]);
  return [...new Set(violations.flatMap(labelsOf))];
}

describe('labelsOf', () => {
  it('should tell memory that is gone from an object that is finalized', () => {
    const touching = (end: 'free' | 'retire') => (sim: Sim) => {
      const block = sim.block('b');
      const x = block.atomic('x', 0);
      sim.thread('A', function* () {
        yield* end === 'free' ? sim.free(block) : block.retire();
        yield* x.load();
      });
    };
    expect(labelsIn(touching('free'))).toEqual(['I1']);
    expect(labelsIn(touching('retire'))).toEqual(['I1', 'I9']);
  });

  it.each<[string, readonly string[], (sim: Sim) => () => Operation]>([
    [
      'a count',
      ['I2'],
      (sim) => {
        const r = sim.refcount('r', 0);
        return () => r.put();
      },
    ],
    ['a leak', ['I3'], (sim) => () => sim.alloc('b')],
    ['a wait', ['I4'], (sim) => () => sim.until(() => false)],
    [
      'a lock',
      ['I4'],
      (sim) => {
        const m = sim.mutex('m');
        return () => m.unlock();
      },
    ],
    ['an assertion', ['I10', 'I11'], (sim) => () => sim.step('s', () => sim.fail('I11/I10: both'))],
    ['no number', [], (sim) => () => sim.step('s', () => sim.fail('I14: and I1: too'))],
    ['a program', [], (sim) => () => sim.step('s', () => sim.fail('object_unref: ref > 0'))],
    ['what was thrown', [], (sim) => () => sim.step('s', () => thrown('I1: no JSON'))],
  ])('should give the labels of %s', (_, expected, make) => {
    const setup = (sim: Sim): void => {
      const operation = make(sim);
      sim.thread('A', function* () {
        yield* operation();
      });
    };
    expect(labelsIn(setup)).toEqual(expected);
  });

  it('should give the labels of an invariant', () => {
    expect(labelsIn((sim) => sim.invariant('I7: quiet', () => false))).toEqual(['I7']);
  });
});

function thrown(message: string): never {
  throw new Error(message);
}

describe('labels', () => {
  it('should say in one line what each means', () => {
    expect(Object.keys(labels)).toEqual(Array.from({ length: 13 }, (__, i) => `I${i + 1}`));
    for (const text of Object.values(labels)) expect(text).toMatch(/^[a-z][^\n]{20,100}$/);
  });
});
