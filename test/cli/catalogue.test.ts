import { describe, expect, test } from 'vitest';
import { matching } from '../../src/cli/catalogue/pattern.js';
import { fileReference } from '../../src/cli/catalogue/reference.js';
import type { Selected } from '../../src/cli/catalogue/selected.js';
import { combine } from '../../src/cli/explore-one.js';
import { planRun } from '../../src/cli/run/plan.js';
import { isExhaustive } from '../../src/explore/options.js';
import { scenario } from '../../src/index.js';
import { exhaustive } from '../../src/report/headline.js';

describe('matching', () => {
  const names = ['lost', 'lost-update', 'migration/a/quit', 'migration/b/quit', 'odd(1)/x.y'];

  test.each([
    ['lost', ['lost']],
    ['lost-', ['lost-update']],
    ['LOST', ['lost', 'lost-update']],
    ['migration', ['migration/a/quit', 'migration/b/quit']],
    ['migration/*', ['migration/a/quit', 'migration/b/quit']],
    ['migration/**/quit', ['migration/a/quit', 'migration/b/quit']],
    ['*/b/*', ['migration/b/quit']],
    ['migration/?/quit', ['migration/a/quit', 'migration/b/quit']],
    ['migration/{b,c}/quit', ['migration/b/quit']],
    ['*st', ['lost']],
    ['odd(1)*', ['odd(1)/x.y']],
    ['*x?y', ['odd(1)/x.y']],
    ['migration/{*', []],
    ['nothing', []],
  ])('should find what "%s" means', (pattern, found) => {
    expect(matching(pattern, names)).toEqual(found);
  });
});

describe('fileReference', () => {
  test.each([
    ['a.ts', { file: 'a.ts', name: undefined }],
    ['dir.ts/b.mjs#name', { file: 'dir.ts/b.mjs', name: 'name' }],
    ['a.ts#b.ts#c', { file: 'a.ts', name: 'b.ts#c' }],
    ['package.json', { file: 'package.json', name: undefined }],
    ['migration/*', undefined],
    ['src', undefined],
  ])('should read %s', (argument, reference) => {
    expect(fileReference(argument)).toEqual(reference);
  });
});

function selected(name: string, options: Selected['options'] = {}): Selected {
  return { scenario: scenario(name, () => undefined), claim: undefined, options };
}

describe('combine', () => {
  test('should let given options win over those of the scenario', () => {
    const own = { maxExecutions: 5, maxSteps: 7 };
    expect(combine(selected('x', own), { maxSteps: 9 })).toMatchObject({
      maxExecutions: 5,
      maxSteps: 9,
    });
  });

  test("should drop the scenario's bounds under a strategy that has none", () => {
    const bounded = selected('x', { preemptions: 2, stopAfter: 3 });
    expect(combine(bounded, { strategy: 'random' })).toEqual({ strategy: 'random', stopAfter: 3 });
    expect(combine(bounded, { strategy: 'dfs' })).toMatchObject({ preemptions: 2 });
  });

  test('should choose a strategy that has the bounds of the scenario', () => {
    expect(combine(selected('x', { delays: 1 }), {})).toEqual({ strategy: 'dfs', delays: 1 });
  });
});

describe('planRun', () => {
  const some = ['a', 'b', 'c', 'd', 'e'].map((name) => selected(name));
  const names = (shard: string, count: number): string[] =>
    planRun(some, { shard: { index: Number(shard), count } }).map(
      (planned) => planned.selected.scenario.name,
    );

  test('should divide the scenarios', () => {
    expect([names('1', 2), names('2', 2)]).toEqual([
      ['a', 'c', 'e'],
      ['b', 'd'],
    ]);
    expect(names('7', 7)).toEqual([]);
  });

  test('should run one execution of a randomised strategy when there is a seed', () => {
    const [plan] = planRun([selected('x')], { strategy: 'random', seed: 1 });
    expect(plan?.options).toMatchObject({ maxExecutions: 1, seed: 1 });
    const [more] = planRun([selected('x')], { strategy: 'random', seed: 1, executions: 3 });
    expect(more?.options).toMatchObject({ maxExecutions: 3 });
    const [all] = planRun([selected('x')], { strategy: 'dfs', seed: 1 });
    expect(all?.options).not.toHaveProperty('maxExecutions');
  });

  test('should give each shard of one scenario its own executions', () => {
    const parts = [1, 2, 3].flatMap((index) =>
      planRun([selected('x')], {
        strategy: 'random',
        executions: 10,
        shard: { index, count: 3 },
      }),
    );
    expect(parts.map(({ options }) => [options.firstExecution, options.maxExecutions])).toEqual([
      [0, 3],
      [3, 3],
      [6, 4],
    ]);
    const values = { strategy: 'random', executions: Infinity } as const;
    const endless = { ...values, shard: { index: 1, count: 2 } };
    expect(() => planRun([selected('x')], endless)).toThrow('--shard divides a number');
  });
});

test('reports and searches should agree on which strategies are exhaustive', () => {
  const names = Object.entries(isExhaustive).filter(([, is]) => is);
  expect(names.map(([name]) => name).sort()).toEqual([...exhaustive].sort());
});
