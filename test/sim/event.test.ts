import { describe, expect, it } from 'vitest';
import type { Operation, SimEvent } from '../../src/index.js';
import { dependent } from './footprints.js';
import { doing, exploreAll, outcomes, violationsOf } from './support.js';

describe('event', () => {
  it('should not be set at first, and hold up whoever waits', () => {
    expect(
      violationsOf((sim) => {
        const e = sim.event('e');
        sim.thread(
          'A',
          doing(() => e.wait()),
        );
        sim.finally(() => sim.fail('never comes this far'));
      }),
    ).toEqual(['deadlock: e']);
  });

  it('should let everybody go on once set, before and after', () => {
    const report = exploreAll((sim) => {
      const e = sim.event('e');
      for (const name of ['A', 'B'])
        sim.thread(
          name,
          doing(
            () => e.wait(),
            () => e.wait(),
          ),
        );
      sim.thread(
        'S',
        doing(() => e.set()),
      );
      sim.finally(() => sim.assert(e.peek(), 'stays set'));
    });
    expect(report).toMatchObject({ verdict: 'verified', executions: 6 });
  });

  it('should hold up again after a reset', () => {
    const report = exploreAll((sim) => {
      const e = sim.event('e');
      sim.thread(
        'A',
        doing(() => e.wait()),
      );
      sim.thread(
        'S',
        doing(
          () => e.set(),
          () => e.reset(),
        ),
      );
    });
    expect(report).toMatchObject({ executions: 2, deadlocks: 1 });
  });

  it('should allow setting what is set and resetting what is not', () => {
    const ends = outcomes((sim) => {
      const e = sim.event('e');
      sim.thread(
        'A',
        doing(
          () => e.reset(),
          () => e.set(),
          () => e.set(),
        ),
      );
      return () => e.peek();
    });
    expect(ends).toEqual(['true']);
  });

  it.each([
    ['set', 'set', true],
    ['set', 'reset', true],
    ['set', 'wait', true],
    ['reset', 'set', true],
    ['reset', 'reset', true],
    ['wait', 'set', true],
    ['wait', 'reset', true],
    ['wait', 'wait', false],
  ] as const)('should have %s and %s conflict: %s', (a, b, expected) => {
    const result = dependent((sim) => {
      const e = sim.event('e');
      const act = (what: 'set' | 'reset' | 'wait', of: SimEvent) => (): Operation => of[what]();
      return { A: [() => e.set(), act(a, e)], B: [act(b, e)] };
    });
    expect(result).toBe(expected);
  });
});
