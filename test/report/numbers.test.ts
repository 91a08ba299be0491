import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../src/index.js';
import { explanationLines } from '../../src/report/explanation.js';
import { roughly } from '../../src/report/numbers.js';

describe('a number known to a few digits', () => {
  test.each([
    [7, '7'],
    [999.6, '1,000'],
    [20_900_000, '20,900,000'],
    [999_000_000_000_000, '999,000,000,000,000'],
    [1e15, '10^15'],
    [1.1e19, '1.1 x 10^19'],
    [9.96e22, '10^23'],
  ])('should be grouped, or have a power of ten: %d', (value, expected) => {
    expect(roughly(value)).toBe(expected);
  });

  test('should be how rare a failure is', () => {
    const rarity = { probability: 2.5e-19, exact: true, interval: [0, 1], executions: 1 } as const;
    const shape = { sentence: '', causes: [], exhausted: true, traces: 2, failing: 1 };
    const explanation: Explanation = { ...shape, rarity };
    expect(explanationLines(explanation)[1]).toMatch(/probability 1 in 4\.0 x 10\^18\.$/);
  });
});
