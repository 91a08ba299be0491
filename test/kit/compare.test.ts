import { describe, expect, it } from 'vitest';
import { compareMany, describeDisagreement, type Task } from './compare/compare.js';
import { profiles } from './generate.js';

/** Programs of each profile; `npm run compare` takes as many as there is time for. */
const runs = 10;

function expectAgreement(task: Task): void {
  const { sizes, tooLarge, disagreements } = compareMany(task);
  expect(disagreements.map(describeDisagreement).join('\n\n')).toBe('');
  // Programs that are all too large would agree as well.
  expect(sizes.length).toBeGreaterThan(tooLarge);
}

describe.each(profiles)('on generated programs about %s', (profile) => {
  it('dpor should agree with brute force', { timeout: 60_000 }, () => {
    expectAgreement({ strategy: 'dpor', profile, seed: 1, runs, scale: 0.8 });
  });

  it('dfs should agree with brute force', { timeout: 60_000 }, () => {
    expectAgreement({ strategy: 'dfs', profile, seed: 1, runs, scale: 0.35 });
  });
});
