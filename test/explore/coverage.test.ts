import { describe, expect, it } from 'vitest';
import { weightedBacktracking } from '../../src/explore/coverage.js';
import { Merger } from '../../src/explore/parts.js';
import { cutShort, warningsFor } from '../../src/explore/report.js';
import { type ExploreOptions, explore, type Report, type Scenario } from '../../src/index.js';
import { renderHeadline } from '../../src/report/headline.js';
import { atomic, program, R, thread, times, W } from '../kit/build.js';
import { inc, lastzero, philosophers, singleWriters } from '../kit/known.js';
import { toScenario } from '../kit/scenario.js';

const estimates = (scenario: Scenario, all: number, options: ExploreOptions): Report[] =>
  times(all - 1, (i) => explore(scenario, { seed: 0, ...options, maxExecutions: i + 1 }));

describe('weightedBacktracking', () => {
  it('should count what is done at each place by the chance to get there', () => {
    expect(weightedBacktracking([])).toBe(0);
    expect(weightedBacktracking([{ done: 1, all: 2 }])).toBe(1 / 2);
    const path = [
      { done: 1, all: 3 },
      { done: 0, all: 1 },
      { done: 1, all: 2 },
    ];
    expect(weightedBacktracking(path)).toBeCloseTo(1 / 3 + 1 / 6, 12);
  });
});

describe('the coverage of a search', () => {
  /** Every place of the tree looks the same, so that the estimate is exact at any time. */
  const even = toScenario(
    program('even', [], [thread('a', ...times(4, () => ({ op: 'choose' as const, values: 3 })))]),
  );

  it.each(['dfs', 'dpor'] as const)(
    'should be exact where the tree is even, under %s',
    (strategy) => {
      for (const { executions, coverage } of estimates(even, 81, { strategy })) {
        expect(coverage?.fraction).toBeCloseTo(executions / 81, 2);
        expect(coverage?.executions).toBe(81);
      }
    },
  );

  const trees: readonly [name: string, Scenario, ExploreOptions][] = [
    ['dfs', toScenario(philosophers(2)), { strategy: 'dfs' }],
    ['dfs within a bound', toScenario(inc(3)), { strategy: 'dfs', preemptions: 1 }],
    ['dpor', toScenario(singleWriters(4)), { strategy: 'dpor' }],
    ['dpor of an uneven tree', toScenario(lastzero(4)), { strategy: 'dpor' }],
    ['dpor within a bound', toScenario(inc(3)), { strategy: 'dpor', preemptions: 1 }],
  ];

  it.each(trees)(
    'should never say complete, and end at the true number, under %s',
    (_, scenario, options) => {
      const all = explore(scenario, { ...options, stopAfter: Infinity });
      expect(all.complete).toBe(true);
      expect(all).not.toHaveProperty('coverage');
      const found = estimates(scenario, all.executions, { ...options, stopAfter: Infinity });
      for (const { complete, verdict, coverage, warnings } of found) {
        expect(complete).toBe(false);
        expect(verdict).not.toBe('verified');
        expect(coverage?.fraction).toBeGreaterThan(0);
        expect(coverage?.fraction).toBeLessThan(1);
        expect(warnings.at(-1)).toMatch(
          /^the budget ended with (about|less than) [\d.]+ % of the search done.*far off$/,
        );
      }
      const fractions = found.map(({ coverage }) => coverage?.fraction ?? 0);
      if (options.strategy === 'dfs')
        expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(found.at(-1)?.coverage?.executions).toBeGreaterThanOrEqual(all.executions);
      expect(found.at(-1)?.coverage?.executions).toBeLessThan(all.executions * 1.3);
    },
  );

  it('should be the same whenever it is asked', () => {
    const scenario = toScenario(lastzero(5));
    const options = { seed: 0, maxExecutions: 17 };
    expect(explore(scenario, options).coverage).toEqual(explore(scenario, options).coverage);
  });

  it('should be absent where the search ended for another reason', () => {
    expect(explore(toScenario(philosophers(2)))).not.toHaveProperty('coverage');
    const random = explore(toScenario(inc(2)), { strategy: 'random', seed: 1, maxExecutions: 5 });
    expect(random).not.toHaveProperty('coverage');
  });

  it('should not suffer from a tree too large for numbers', () => {
    const long = program(
      'long',
      [atomic('x')],
      times(8, (i) => thread(`t${String(i)}`, ...times(60, () => [R('x'), W('x')]).flat())),
    );
    const { coverage, warnings } = explore(toScenario(long), { strategy: 'dfs', maxExecutions: 3 });
    expect(coverage).toEqual({ fraction: 0, executions: null });
    expect(warnings.at(-1)).toMatch(/less than 0\.1 % of the search done: an estimate/);
  });
});

describe('the coverage of a report', () => {
  const report = explore(toScenario(inc(2)), { seed: 0, maxExecutions: 1 });
  const after = (executions: number, estimate: number): unknown => {
    const warnings = warningsFor({ ...report, unreached: ['never'] });
    const covered = cutShort({ ...report, executions, warnings }, estimate, false);
    expect(covered.warnings[0]).toBe('no execution reached "never"');
    return [covered.coverage?.fraction, covered.coverage?.executions, covered.warnings[1]];
  };
  const far = 'an estimate that can be far off';
  const ended = 'the budget ended with';

  it.each([
    [10, 0.5, 0.5, 20, `${ended} about 50 % of the search done, of about 20 executions: ${far}`],
    [
      7,
      0.012345,
      0.0123,
      567,
      `${ended} about 1.23 % of the search done, of about 567 executions: ${far}`,
    ],
    // Something is left, however much was done.
    [10, 1, 0.999, 11, `${ended} about 99.9 % of the search done, of about 11 executions: ${far}`],
    [
      5,
      0.001,
      0.001,
      5000,
      `${ended} about 0.1 % of the search done, of about 5,000 executions: ${far}`,
    ],
    [
      5,
      5e-9,
      5e-9,
      1e9,
      `${ended} less than 0.1 % of the search done, of about 1,000,000,000 executions: ${far}`,
    ],
    [
      11,
      1e-18,
      1e-18,
      1.1e19,
      `${ended} less than 0.1 % of the search done, of about 1.1 x 10^19 executions: ${far}`,
    ],
    [3, 0, 0, null, `${ended} less than 0.1 % of the search done: ${far}`],
  ])('should say how far %d executions got at %d', (executions, estimate, ...expected) => {
    expect(after(executions, estimate)).toEqual(expected);
  });

  it('should not be there when nothing is known of it', () => {
    expect(cutShort(report, undefined, false)).toBe(report);
  });
});

describe('a search that is stopped', () => {
  /** Large enough not to end before it is asked whether to go on. */
  const large = toScenario(lastzero(14));
  const stop = (options: ExploreOptions): Report =>
    explore(large, { seed: 1, maxExecutions: Infinity, ...options, onProgress: () => false });

  it.each(['dpor', 'dfs'] as const)('should say so, and how far it got, under %s', (strategy) => {
    const report = stop({ strategy });
    expect(report.verdict).toBe('passed');
    expect(report.warnings.at(-1)).toMatch(
      /^the search was stopped with (about|less than) [\d.]+ % of it done.*: an estimate that can be far off$/,
    );
    expect(renderHeadline(report)).toContain('passed (stopped before the search ended)');
  });

  it('should say so where it is a sample, also after it is combined with others', () => {
    const report = stop({ strategy: 'random' });
    expect(report.warnings).toEqual(['the search was stopped before its budget ended']);
    expect(renderHeadline(report)).toContain('passed (a sample, stopped before its budget ended)');
    const whole = explore(large, { strategy: 'random', seed: 1, maxExecutions: 3 });
    const merger = new Merger(Infinity);
    merger.add({ report: whole, failures: [] });
    expect(merger.report().warnings).toEqual([]);
    merger.add({ report, failures: [] });
    expect(merger.report().warnings).toEqual(report.warnings);
  });

  it('should not say so where it was over anyway', () => {
    const report = explore(toScenario(inc(2)), { stopAfter: Infinity, onProgress: () => false });
    expect(report).toMatchObject({ complete: true, warnings: [] });
  });
});
