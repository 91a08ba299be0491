import { describe, expect, it } from 'vitest';
import { explore, scenario } from '../../src/index.js';

const endless = scenario(
  'endless',
  (sim) => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      for (;;) yield* sim.pause();
    });
    sim.thread('B', function* () {
      yield* x.load();
      sim.fail('reached');
    });
  },
  { maxSteps: 8 },
);

describe('an execution that reaches the limit of steps', () => {
  it('should keep dpor from claiming to be complete, since it learns only from steps taken', () => {
    const report = explore(endless, { stopAfter: Infinity, seed: 1 });
    expect(report.verdict).toBe('violated');
    expect(report.complete).toBe(false);
  });

  it('should not keep dfs from it, which goes through everything within the limit', () => {
    const report = explore(endless, { strategy: 'dfs', stopAfter: Infinity, seed: 1 });
    expect(report.complete).toBe(true);
    expect(report.violations.map(({ kind }) => kind).sort()).toEqual(['assertion', 'livelock']);
  });
});
