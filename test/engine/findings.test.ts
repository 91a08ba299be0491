import { describe, expect, it } from 'vitest';
import { Session } from '../../src/engine/session.js';
import type { Finding } from '../../src/engine/violation.js';
import { type Sim, scenario, UsageError } from '../../src/index.js';
import { Playback } from '../../src/replay/playback.js';
import { run } from '../../src/sim/run.js';

/** What is found where the thread that runs goes on while it can, then the next. */
function findings(setup: (sim: Sim) => void): readonly Finding[] {
  const playback = new Playback({ threads: [], branches: [] }, true);
  const options = { session: new Session(), haltAfter: Infinity };
  return run(scenario('s', setup), playback, options).findings;
}

function boom(): never {
  throw new Error('boom');
}

const stored = { thread: 'A', operation: 'store', object: 'x', steps: 1 };
const nowhere = { thread: '', operation: '', object: '' };
const exception = { kind: 'exception', property: 'Error: boom', details: [] };

describe('a finding', () => {
  /** A thread that stores once, and then does something at once. */
  const storing = (sim: Sim, then: () => void = () => undefined): void => {
    const x = sim.atomic('x', 0);
    sim.thread('A', function* () {
      yield* x.store(1);
      then();
    });
  };

  it('should be at the step that the thread took last', () => {
    const failed = { kind: 'assertion', property: 'm', message: 'm', details: [] };
    expect(findings((sim) => storing(sim, () => sim.fail('m')))).toEqual([
      { ...failed, ...stored },
    ]);
  });

  it('should be at the step after which an invariant does not hold, whatever way it says so', () => {
    const about = (holds: (sim: Sim, stores: boolean) => boolean | void) =>
      findings((sim) => {
        const x = sim.atomic('x', 0);
        sim.thread('A', function* () {
          yield* x.store(1);
        });
        sim.invariant('i', () => holds(sim, x.peek() === 1));
      });
    const broken = { ...stored, kind: 'invariant', property: 'i', details: [] };
    expect(about((_sim, is) => !is)).toEqual([
      { ...broken, message: 'the invariant "i" does not hold' },
    ]);
    expect(about((sim, is) => sim.assert(!is, 'm'))).toEqual([{ ...broken, message: 'm' }]);
    expect(about((_sim, is) => (is ? boom() : true))).toEqual([
      { ...exception, ...stored, message: 'the invariant "i" threw Error: boom' },
    ]);
  });

  it('should say whose code threw, and be nowhere in set-up and at the end', () => {
    expect(findings((sim) => storing(sim, boom))).toEqual([
      { ...exception, ...stored, message: 'A threw Error: boom' },
    ]);
    expect(findings(boom)).toEqual([
      { ...exception, ...nowhere, steps: 0, message: 'set-up threw Error: boom' },
    ]);
    const final = (sim: Sim): void => {
      storing(sim);
      sim.finally(boom);
    };
    expect(findings(final)).toEqual([
      { ...exception, ...nowhere, steps: 1, message: 'a final check threw Error: boom' },
    ]);
  });

  it('should not be a mistake of the author, the first of which ends the search', () => {
    const mistaken = (how: (sim: Sim) => void) => () =>
      findings((sim) => storing(sim, () => how(sim)));
    const nameless = (): unknown => scenario('', () => undefined);
    expect(mistaken(nameless)).toThrow(UsageError);
    const both = mistaken((sim) => {
      try {
        sim.choose(0);
      } finally {
        nameless();
      }
    });
    expect(both).toThrow('choose needs a whole number');
  });
});
