import { describe, expect, it } from 'vitest';
import { exploreTraces } from './brute.js';
import { generateProgram } from './generate.js';
import { printProgram } from './print.js';
import type { Program } from './program.js';
import { shrinkProgram } from './shrink.js';

function deadlocks(program: Program): boolean {
  const result = exploreTraces(program, { limit: 5000 });
  return result !== 'too large' && result.deadlocks > 0;
}

describe('shrinkProgram', () => {
  it('should leave only what a deadlock needs', () => {
    let shrunk = 0;
    for (let i = 0; i < 20; i++) {
      const program = generateProgram(3, i, 'locks', 0.6);
      if (!deadlocks(program)) continue;
      shrunk++;
      const small = shrinkProgram(program, deadlocks);
      expect(deadlocks(small)).toBe(true);
      // Two locks in opposite order, a lock that is never given back, or a recursive one: four locks at most.
      const size = small.threads.reduce((sum, thread) => sum + thread.body.length, 0);
      expect(size, printProgram(small)).toBeLessThanOrEqual(4);
    }
    expect(shrunk).toBeGreaterThan(0);
  });
});

describe('printProgram', () => {
  it('should print a line for every thread and object', () => {
    const program = generateProgram(1, 0, 'everything');
    const text = printProgram(program);
    for (const { name } of [...program.threads, ...program.objects]) {
      expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });
});
