import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  isExhaustive,
  resolveOptions,
  strategyNames,
} from '../../src/explore/options.js';
import { type ExploreOptions, scenario, UsageError } from '../../src/index.js';

const empty = scenario('empty', () => undefined, { maxSteps: 7 });

describe('resolveOptions', () => {
  it('should fill in the defaults', () => {
    const { seed, ...rest } = resolveOptions(empty, {});
    expect(typeof seed).toMatch(/^(string|number)$/);
    expect(rest).toEqual({
      strategy: 'dpor',
      maxExecutions: 100_000,
      maxSteps: 7,
      timeLimitMs: Infinity,
      preemptions: undefined,
      delays: undefined,
      depth: 3,
      stopAfter: 1,
      firstExecution: 0,
      onProgress: undefined,
    });
  });

  it.each<ExploreOptions>([
    { strategy: 'dfs', preemptions: 0, delays: 0 },
    { strategy: 'dpor', preemptions: 2 },
    { strategy: 'pct', depth: 1, firstExecution: 5 },
    { strategy: 'random', firstExecution: 0 },
    { strategy: 'pos', seed: '', maxSteps: 1 },
    { strategy: 'portfolio', seed: -0.5, timeLimitMs: 0.5 },
    { maxExecutions: Infinity, stopAfter: Infinity, timeLimitMs: Infinity },
    { maxExecutions: 1, stopAfter: 2, onProgress: () => undefined },
  ])('should keep %o', (options) => {
    expect(resolveOptions(empty, options)).toMatchObject(options);
  });

  it.each([
    [{ strategy: 'dpor', firstExecution: 1 }, /"dpor" has no firstExecution; randomised ones have/],
    [{ strategy: 'dfs', firstExecution: 0 }, /"dfs" has no firstExecution/],
    [{ strategy: 'random', firstExecution: -1 }, /firstExecution must be a whole number from 0,/],
    [{ strategy: 'random', firstExecution: Infinity }, /firstExecution .* from 0,/],
    [{ maxSteps: Infinity }, /maxSteps must be a whole number from 1, not Infinity/],
    [{ maxExecutions: 0 }, /maxExecutions must be a whole number from 1 or Infinity, not 0/],
    [{ stopAfter: 0.5 }, /stopAfter must be a whole number from 1 or Infinity, not 0.5/],
    [{ timeLimitMs: 0 }, /timeLimitMs must be a positive number, not 0/],
    [{ timeLimitMs: '5' as unknown as number }, /timeLimitMs must be a positive number/],
    [{ seed: Infinity }, /the seed must be a string or a finite number, not Infinity/],
    [{ strategy: 'pos', preemptions: 1 }, /"pos" has no bound on preemptions; dpor and dfs have/],
    [{ strategy: 'pct', delays: 1 }, /"pct" has no bound on delays; dfs has/],
    [{ strategy: 'portfolio', depth: 2 }, /"portfolio" has no depth; pct has/],
  ] as readonly [ExploreOptions, RegExp][])('should refuse %o', (options, says) => {
    expect(() => resolveOptions(empty, options)).toThrow(UsageError);
    expect(() => resolveOptions(empty, options)).toThrow(says);
  });
});

describe('the strategies', () => {
  it('should be those that go through everything and those that draw', () => {
    expect(strategyNames.filter((name) => isExhaustive[name])).toEqual(['dpor', 'dfs']);
  });

  it('should have the bounds that the reports name', () => {
    expect(boundsOf).toEqual({
      dpor: ['preemptions'],
      dfs: ['preemptions', 'delays'],
      random: [],
      pct: ['depth'],
      pos: [],
      portfolio: [],
    });
  });
});
