import { describe, expect, it } from 'vitest';
import { initializeChild, objectNew, Qom, unparent, unreference } from '../../models/index.js';
import { noCallOnFinalized } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';

describe('noCallOnFinalized', () => {
  function unparenting(when: 'before' | 'after') {
    return (sim: Sim): void => {
      const qom = new Qom(sim);
      qom.types.register({ name: 'part', parent: 'object' });
      qom.types.register({ name: 'whole', parent: 'object' });
      noCallOnFinalized(sim, qom);
      sim.thread('main', function* () {
        const whole = yield* objectNew(qom, 'whole');
        const place = whole.instance.embed('part');
        const part = yield* initializeChild(whole, 'part', place, 'part');
        yield* unparent(part);
        if (when === 'after') yield* unparent(part);
        yield* unreference(whole);
      });
    };
  }

  it('should hold of unparenting what is alive', () => {
    expect(wrongWith(unparenting('before'))).toEqual([]);
  });

  it('should fail for unparenting what is finalized, although nothing of it is touched', () => {
    expect(wrongWith(unparenting('after'))).toEqual([
      'invariant: I9: what is finalized is not unparented',
    ]);
  });
});
