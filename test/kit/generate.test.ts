import { describe, expect, it } from 'vitest';
import { exploreInterleavings, exploreTraces } from './brute.js';
import { generateProgram, profiles } from './generate.js';
import { permuteThreads } from './permute.js';
import { printProgram } from './print.js';

const each = 5;

describe('generateProgram', () => {
  it('should be determined by seed, number and profile', () => {
    const a = generateProgram(1, 2, 'everything');
    expect(generateProgram(1, 2, 'everything')).toEqual(a);
    expect(generateProgram(1, 3, 'everything')).not.toEqual(a);
    expect(generateProgram(2, 2, 'everything')).not.toEqual(a);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
  });
});

describe.each(profiles)('the enumerators on %s', (profile) => {
  it.each([false, true])('should agree with each other (stop at a violation: %s)', (stop) => {
    let compared = 0;
    for (let i = 0; i < 20 * each && compared < each; i++) {
      const program = generateProgram(11, i, profile, 0.35);
      const options = { schedules: true, limit: 1500, stopAtViolation: stop };
      const plain = exploreInterleavings(program, options);
      if (plain === 'too large') continue;
      compared++;
      const traces = exploreTraces(program, options);
      if (traces === 'too large')
        throw new Error(`more prefixes than interleavings\n${printProgram(program)}`);
      const { walkFails, ...rest } = plain;
      expect({ ...rest, text: printProgram(program) }).toEqual({
        ...traces,
        walkFails: undefined,
        text: printProgram(program),
      });
      expect(walkFails).toBeCloseTo(traces.walkFails, 9);
    }
    expect(compared).toBe(each);
  });

  it('should not depend on the order in which threads are created', () => {
    for (let i = 0; i < each; i++) {
      const program = generateProgram(13, i, profile, 0.7);
      const result = exploreTraces(program, { limit: 2000 });
      if (result === 'too large') continue;
      const reversed = program.threads.map((_, index) => program.threads.length - 1 - index);
      const other = exploreTraces(permuteThreads(program, reversed), { limit: 2000 });
      if (other === 'too large') throw new Error('the number of prefixes changed');
      // Probabilities are sums of the same numbers in another order.
      expect({ ...other, walkFails: 0 }).toEqual({ ...result, walkFails: 0 });
    }
  });
});
