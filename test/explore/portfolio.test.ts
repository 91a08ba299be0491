import { describe, expect, it } from 'vitest';
import { type ExploreOptions, explore } from '../../src/index.js';
import { deadlock01, orderOf, orders } from './chances.js';

const members: readonly ExploreOptions[] = [
  { strategy: 'random' },
  { strategy: 'pct', depth: 2 },
  { strategy: 'pct', depth: 3 },
  { strategy: 'pct', depth: 4 },
  { strategy: 'pos' },
];

describe('portfolio', () => {
  it('should take executions of its strategies in turn', () => {
    for (let i = 0; i < 50; i++) {
      const alone = explore(orders, {
        ...members[i % members.length],
        seed: 'order',
        firstExecution: i,
        maxExecutions: 1,
      });
      expect(orderOf('portfolio', i)).toBe(alone.violations[0]!.property);
    }
  });

  it('should find in its turns what the strategies find', () => {
    const options = { seed: 1, maxExecutions: 1000, stopAfter: Infinity };
    const report = explore(deadlock01, { strategy: 'portfolio', ...options });
    expect(report).toMatchObject({ strategy: 'portfolio', verdict: 'violated', complete: false });
    expect(report.bounds).toEqual({ preemptions: null, delays: null });
    // 1/2, 1/10, 17/100, more, and 1/3.
    expect(report.failing / 1000).toBeGreaterThan(0.2);
    expect(report.failing / 1000).toBeLessThan(0.33);
  });
});
