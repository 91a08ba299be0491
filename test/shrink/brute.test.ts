import { describe, expect, it } from 'vitest';
import { generateProgram, profiles } from '../kit/generate.js';
import { known } from '../kit/known.js';
import { compareMinimized } from './agree.js';

const maxExecutions = 20_000;
const programsEach = 10;
const scale = 0.85;

describe('minimize', () => {
  it.each(profiles)('should find what brute force finds: %s', { timeout: 60_000 }, (profile) => {
    const problems: string[] = [];
    for (let index = 0; index < programsEach; index++) {
      const program = generateProgram(20_261, index, profile, scale);
      const outcome = compareMinimized(program, index, maxExecutions);
      if (outcome === 'too large') continue;
      problems.push(...outcome.problems.map((each) => `${program.name}: ${each}`));
      // These programs are small enough to prove it.
      expect(outcome.proven).toBe(outcome.minimized);
    }
    expect(problems).toEqual([]);
  });

  it('should find what brute force finds in programs with known numbers', () => {
    let minimized = 0;
    for (const { program } of known()) {
      const outcome = compareMinimized(program, 1, maxExecutions);
      if (outcome === 'too large') continue;
      minimized += outcome.minimized;
      expect({ name: program.name, ...outcome }).toMatchObject({
        name: program.name,
        proven: outcome.minimized,
        problems: [],
      });
    }
    expect(minimized).toBeGreaterThan(20);
  });
});
