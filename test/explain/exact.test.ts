import { describe, expect, it } from 'vitest';
import { explain, explore, type Scenario } from '../../src/index.js';
import { generateProgram, type Profile } from '../kit/generate.js';
import { known } from '../kit/known.js';
import { printProgram } from '../kit/print.js';
import { toScenario } from '../kit/scenario.js';
import { failureName, interleavingsOf, isSo } from './interleavings.js';

// An explanation rests on traces; here it is held against every single interleaving, which knows nothing of traces.

const mostInterleavings = 1_000;

/** @returns how many failures were explained */
function compare(scenario: Scenario, text: string): number {
  const all = interleavingsOf(scenario, mostInterleavings);
  if (all === undefined) return 0;
  let explained = 0;
  const { violations } = explore(scenario, { seed: 0, stopAfter: Infinity });
  const seen = new Set<string>();
  for (const violation of violations) {
    const name = failureName(violation);
    if (seen.has(name)) continue;
    seen.add(name);
    const { causes, exhausted, traces, failing, rarity, sentence } = explain(scenario, violation);
    const context = `${name}\n${sentence}\n${text}`;
    expect(exhausted, context).toBe(true);
    expect(failing, context).toBeGreaterThan(0);
    expect(failing, context).toBeLessThanOrEqual(traces);
    const failed = all.filter(({ failures }) => failures.includes(name));
    if (causes.length > 0) {
      explained++;
      const told = all.filter((each) =>
        causes.some((cause) => cause.every((fact) => isSo(fact, each))),
      );
      expect(told.length, context).toBe(failed.length);
      expect(
        told.every(({ failures }) => failures.includes(name)),
        context,
      ).toBe(true);
      // Every fact is needed, and every cause.
      for (const cause of causes) {
        for (const fact of cause) {
          const without = cause.filter((each) => each !== fact);
          const more = all.some(
            (each) => !each.failures.includes(name) && without.every((other) => isSo(other, each)),
          );
          expect(more, context).toBe(true);
        }
      }
    }
    expect(rarity.exact, context).toBe(true);
    expect(rarity.interval).toEqual([rarity.probability, rarity.probability]);
    const sum = failed.reduce((total, { chance }) => total + chance, 0);
    expect(rarity.probability, context).toBeCloseTo(sum, 9);
  }
  return explained;
}

describe('an explanation', () => {
  it('should be true of every interleaving of the known programs', () => {
    const explained = known().reduce(
      (count, { program }) => count + compare(toScenario(program), program.name),
      0,
    );
    expect(explained).toBeGreaterThan(10);
  });

  const failing: readonly Profile[] = [
    'failures',
    'blocks',
    'locks',
    'conditions',
    'signals',
    'rcu',
    'clock',
    'races',
    'choose',
    'until',
    'step',
    'invariants',
    'everything',
  ];
  it.each(failing)('should be true of every interleaving of programs about %s', (profile) => {
    for (let i = 0; i < 12; i++) {
      const program = generateProgram(23, i, profile, 0.45);
      compare(toScenario(program), printProgram(program));
    }
  });
});
