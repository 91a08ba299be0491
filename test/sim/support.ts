import { expect } from 'vitest';
import { strategyNames } from '../../src/explore/options.js';
import {
  type ExploreOptions,
  explore,
  type Operation,
  type Report,
  type ScenarioOptions,
  type Sim,
  type StrategyName,
  scenario,
} from '../../src/index.js';

/** What tests of every primitive need: all executions of a small program, and what they lead to. */

type Setup = (sim: Sim) => void;

/** Strategies that go through the whole space, and those that sample it. */
export const exhaustive: readonly StrategyName[] = strategyNames.filter((name) =>
  ['dfs', 'dpor'].includes(name),
);
export const randomised: readonly StrategyName[] = strategyNames.filter(
  (name) => !exhaustive.includes(name),
);
export { strategyNames };

/** Enough for every strategy to find what is not rare. */
export function thorough(strategy: StrategyName): ExploreOptions {
  return { strategy, seed: 7, maxExecutions: exhaustive.includes(strategy) ? 100_000 : 300 };
}

/** Every interleaving, going on after violations. */
export function exploreAll(
  setup: Setup,
  options: ExploreOptions = {},
  about: ScenarioOptions = {},
): Report {
  return explore(scenario('test', setup, about), {
    strategy: 'dfs',
    seed: 1,
    stopAfter: Infinity,
    ...options,
  });
}

/** `kind: property` of every violation, sorted. */
export function found({ violations }: Report): string[] {
  return [...new Set(violations.map(({ kind, property }) => `${kind}: ${property}`))].sort();
}

/** `kind: property` of every violation in any interleaving, whatever strategy goes through all of them. */
export function violationsOf(setup: Setup, about: ScenarioOptions = {}): string[] {
  const [first = [], ...others] = exhaustive.map((strategy) => {
    const report = exploreAll(setup, { strategy }, about);
    expect(report.complete).toBe(true);
    return found(report);
  });
  for (const other of others) expect(other).toEqual(first);
  return first;
}

/**
 * The distinct ends of all interleavings, as JSON, sorted; none may fail. Set-up returns a function that is called
 * at the end and may peek.
 */
export function outcomes(setup: (sim: Sim) => () => unknown): string[] {
  const seen = new Set<string>();
  const report = exploreAll((sim) => {
    const end = setup(sim);
    sim.finally(() => void seen.add(JSON.stringify(end())));
  });
  expect(found(report)).toEqual([]);
  expect(report).toMatchObject({ verdict: 'verified', complete: true });
  return [...seen].sort();
}

/** A thread that does these operations one after another; each is made when it is due. */
export function doing(
  ...makers: readonly (() => Operation)[]
): () => Generator<Operation, void, unknown> {
  return function* () {
    for (const make of makers) yield* make();
  };
}

/** How often each order of the letters in the words is possible: a multinomial coefficient. */
export function interleavings(...lengths: readonly number[]): number {
  let result = 1;
  let total = 0;
  for (const length of lengths) {
    for (let i = 1; i <= length; i++) result = (result * ++total) / i;
  }
  return result;
}
