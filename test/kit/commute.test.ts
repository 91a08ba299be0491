import { describe, expect, it } from 'vitest';
import { findHole } from './commute.js';
import { generateProgram, profiles } from './generate.js';
import { known } from './known.js';
import { printProgram } from './print.js';

describe('the dependency relation', () => {
  it.each(profiles)('should have no hole in programs about %s', (profile) => {
    for (let i = 0; i < 30; i++) {
      const program = generateProgram(17, i, profile);
      const hole = findHole(program, { limit: 300 });
      expect(hole, printProgram(program)).toBeUndefined();
    }
  });

  it('should have no hole in the known programs', () => {
    for (const { program } of known()) {
      expect(findHole(program, { limit: 1000 })).toBeUndefined();
    }
  });
});
