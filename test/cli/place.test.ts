import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/cli/place.js';

/** What is said of an error with these frames. */
function place(...frames: readonly string[]): string | undefined {
  const error = new Error('bad (/message.ts:1:2)');
  error.stack = [String(error), ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return placeOf(error);
}

describe('the place of an error', () => {
  it.each([
    ['f (/a/b.ts:12:34)', '/a/b.ts:12'],
    ['async f (file:///a/b%20c.ts?v=1:3:4)', '/a/b c.ts:3'],
    ['async /a/b.ts:3:4', '/a/b.ts:3'],
    ['f (/a (1)/b.ts:5:6)', '/a (1)/b.ts:5'],
    ['file:///a%20(1)/b.ts:5:6', '/a (1)/b.ts:5'],
    [`f (${resolve('models', 'b.ts')}:7:8)`, 'models/b.ts:7'],
  ])('should be found in %s', (frame, expected) => {
    expect(place(frame)).toBe(expected);
  });

  it('should be the nearest that is neither the harness nor a dependency, whoever runs it', () => {
    const harness = ['sim/atomic.ts', 'engine/execution.ts'].map(
      (file) => `f (${resolve('src', file)}:1:2)`,
    );
    const dependency = 'g (/a/node_modules/b/c.js:1:2)';
    const others = ['Array.map (<anonymous>)', 'node:internal/modules/run_main:1:2'];
    expect(place(...harness, dependency, ...others, 'h (/a/b.ts:3:4)', '/c.ts:5:6')).toBe(
      '/a/b.ts:3',
    );
    expect(place(...harness, dependency, ...others)).toBeUndefined();
  });

  it('should be unknown of what is no error', () => {
    expect(placeOf('    at f (/a/b.ts:1:2)')).toBeUndefined();
  });
});
