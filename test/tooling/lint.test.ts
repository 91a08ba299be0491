import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { determinism } from '../../tools/lint/determinism.js';

const linter = new Linter();

/** How often the bans object to a text. */
function objections(code: string): number {
  return linter.verify(code, { rules: determinism }).length;
}

describe('the bans on what is not deterministic', () => {
  test.each([
    'Math.random();',
    "Math['random']();",
    'const { random } = Math;',
    'const mathematics = Math;',
    'globalThis.Math.random();',
    'Date.now();',
    'new Date();',
    'globalThis.Date();',
    'setTimeout(f, 1);',
    'setInterval(f, 1);',
    'setImmediate(f);',
    'queueMicrotask(f);',
    'process.nextTick(f);',
    'process.hrtime();',
    'process.hrtime.bigint();',
    'globalThis.process.uptime();',
    'performance.now();',
    'crypto.randomUUID();',
    "import { hrtime } from 'node:process';",
    "import { setTimeout as wait } from 'timers/promises';",
    "import { performance as clock } from 'node:perf_hooks';",
    "import { randomInt } from 'node:crypto';",
    'seedrandom();',
  ])('should object to %s', (code) => {
    expect(objections(code)).toBe(1);
  });

  test('should let everything else be', () => {
    const fine = ['Math.max(1, 2);', 'process.env;', "seedrandom('x');", 'clock.sleep(1);'];
    expect(fine.map(objections)).toEqual([0, 0, 0, 0]);
  });
});
