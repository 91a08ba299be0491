import { describe, expect, it } from 'vitest';
import { search } from '../../src/explore/explore.js';
import type { ExploreOptions } from '../../src/explore/options.js';
import { identityOf, Merger } from '../../src/explore/parts.js';
import type { Report } from '../../src/explore/report.js';
import { explore, type Scenario, scenario } from '../../src/index.js';
import { generateProgram, type Profile } from '../kit/generate.js';
import { toScenario } from '../kit/scenario.js';
import { randomised } from '../sim/support.js';

/** All that does not depend on the machine. */
function text({ elapsedMs: _, ...rest }: Report): string {
  return JSON.stringify(rest, null, 1);
}

/** Explores in ranges of so many executions, as if by several workers. */
function inRanges(
  example: Scenario,
  options: ExploreOptions,
  all: number,
  sizes: readonly number[],
): Merger {
  const merger = new Merger(options.stopAfter ?? 1);
  let first = 0;
  for (let i = 0; first < all; i++) {
    const maxExecutions = Math.min(sizes[i % sizes.length] as number, all - first);
    merger.add(search(example, { ...options, firstExecution: first, maxExecutions }));
    first += maxExecutions;
  }
  return merger;
}

const failing: readonly Profile[] = ['failures', 'races', 'blocks', 'locks', 'choose'];
const all = 40;

describe.each(randomised)('ranges of %s', (strategy) => {
  it.each([1, 2, 5, Infinity])('should add up to one search up to %d failures', (stopAfter) => {
    let violated = 0;
    for (const profile of failing) {
      for (let index = 0; index < 2; index++) {
        const example = toScenario(generateProgram(23, index, profile));
        const options = { strategy, seed: index, stopAfter };
        const whole = search(example, { ...options, maxExecutions: all });
        violated += whole.report.failing;
        for (const sizes of [[7], [1, 25, 4]]) {
          const merger = inRanges(example, options, all, sizes);
          expect(text(merger.report()), example.name).toBe(text(whole.report));
          expect(merger.failures).toEqual(whole.failures);
        }
      }
    }
    expect(violated).toBeGreaterThan(5);
  });
});

describe('combined searches', () => {
  it('should have reached a label that one of them reached before the end', () => {
    const example = scenario('labels', (sim) => {
      const [first, last] = [sim.reachable('first'), sim.reachable('last')];
      sim.thread('A', function* () {
        const value = yield* sim.choose(3);
        if (value === 0) first();
        if (value === 1) last();
        sim.assert(value !== 2, 'two');
      });
    });
    for (const stopAfter of [1, 2, 3, Infinity]) {
      for (let seed = 0; seed < 10; seed++) {
        const options = { strategy: 'random', seed, stopAfter } as const;
        const whole = explore(example, { ...options, maxExecutions: 8 });
        expect(text(inRanges(example, options, 8, [2]).report())).toBe(text(whole));
      }
    }
  });

  it('should end where a scenario is not deterministic', () => {
    let shared = 0;
    const example = scenario('hidden', (sim) => {
      shared = 0;
      const x = sim.atomic('x', 0);
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          yield* sim.pause();
          yield* x.store(++shared);
        });
      }
    });
    const options = { strategy: 'random', seed: 1, stopAfter: Infinity } as const;
    const whole = explore(example, { ...options, maxExecutions: 20 });
    expect(whole.violations.map(({ kind }) => kind)).toEqual(['nondeterminism']);
    expect(text(inRanges(example, options, 20, [3]).report())).toBe(text(whole));
  });

  it('should tell violations apart as one search does', () => {
    const example = toScenario(generateProgram(23, 1, 'races'));
    const options = {
      strategy: 'random',
      seed: 1,
      stopAfter: Infinity,
      maxExecutions: 2000,
    } as const;
    const { violations } = explore(example, options);
    expect(new Set(violations.map(identityOf)).size).toBe(violations.length);
    expect(violations.length).toBeGreaterThan(1);
  });

  it('should tell violations apart by the object of the last step', () => {
    const example = scenario('either', (sim) => {
      const [x, y] = ['x', 'y'].map((name) => sim.atomic(name, 0));
      sim.thread('A', function* () {
        const first = (yield* sim.choose(2)) === 0;
        yield* (first ? x! : y!).store(1);
        sim.fail('the same');
      });
    });
    const options = { strategy: 'random', seed: 1, stopAfter: Infinity } as const;
    const whole = explore(example, { ...options, maxExecutions: 20 });
    expect(whole.violations).toHaveLength(2);
    expect(text(inRanges(example, options, 20, [3]).report())).toBe(text(whole));
  });

  it('should say how far they got, and when the end is reached', () => {
    const example = scenario('half', (sim) => {
      sim.thread('A', function* () {
        sim.assert((yield* sim.choose(2)) === 0, 'one');
      });
    });
    const options = { strategy: 'random', seed: 1, stopAfter: 5, maxExecutions: 4 } as const;
    const parts = [0, 4, 8, 12].map((firstExecution) =>
      search(example, { ...options, firstExecution }),
    );
    const merger = new Merger(5);
    expect(() => merger.report()).toThrow('nothing to combine');
    let [executions, failed, elapsedMs] = [0, 0, 0];
    for (const part of parts) {
      const more = merger.add(part);
      expect(more).toBe(failed + part.report.failing < 5);
      if (!more) break;
      executions += part.report.executions;
      failed += part.report.failing;
      elapsedMs += part.report.elapsedMs;
      expect(merger.counted).toEqual({ executions, failing: failed });
      expect(merger.report().elapsedMs).toBe(elapsedMs);
    }
    expect(merger).toMatchObject({ ended: true, counted: { failing: 5 } });
    expect(merger.add(parts[0]!)).toBe(false);
    expect(merger.counted.failing).toBe(5);
  });
});
