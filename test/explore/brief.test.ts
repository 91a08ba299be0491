import { describe, expect, it } from 'vitest';
import { search } from '../../src/explore/explore.js';
import { explore, type Sim, scenario } from '../../src/index.js';

const options = { seed: 1, stopAfter: Infinity };

/** Two threads of which one fails, depending on their order. */
const failing = scenario('failing', (sim: Sim) => {
  const x = sim.atomic('x', 0);
  sim.thread('A', function* () {
    yield* x.store(1);
  });
  sim.thread('B', function* () {
    sim.assert((yield* x.load()) === 0, 'B came late');
  });
});

describe('a brief search', () => {
  it('should find the same, but for places', () => {
    const whole = explore(failing, options);
    const { report: brief } = search(failing, options, undefined, true);
    const violations = whole.violations.map((violation) => ({
      ...violation,
      events: violation.events.map((event) => ({ ...event, location: '' })),
    }));
    expect(whole.violations[0]?.events[0]?.location).not.toBe('');
    expect({ ...brief, elapsedMs: 0 }).toEqual({ ...whole, violations, elapsedMs: 0 });
  });

  it('should sample the first execution for nondeterminism, and no other', () => {
    const shared = (threads: number) =>
      scenario('shared', (sim: Sim) => {
        let begun = 0;
        for (let i = 0; i < threads; i++) {
          sim.thread(`T${i}`, function* () {
            yield* sim.pause();
            if (begun++ > 0) yield* sim.pause();
          });
        }
      });
    const { report } = search(shared(2), options, undefined, true);
    expect(report.violations.map(({ kind }) => kind)).toEqual(['nondeterminism']);
    const runs = (brief: boolean): number => {
      let count = 0;
      const counted = scenario('counted', (sim: Sim) => {
        count++;
        failing.setup(sim);
      });
      search(counted, options, undefined, brief);
      return count;
    };
    expect(runs(true)).toBeLessThan(runs(false));
  });
});
