import { describe, expect, it } from 'vitest';
import { unreference } from '../../models/index.js';
import { noUseAfterFinalize } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';
import { thingsOf } from './support.js';

describe('noUseAfterFinalize', () => {
  function finalizing(early: boolean) {
    return (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      noUseAfterFinalize(sim, { census });
      sim.thread('main', function* () {
        const object = yield* create('thing');
        if (early) yield* object.instance.retire();
        else yield* unreference(object);
      });
    };
  }

  it('should hold of an object that goes with its last reference', () => {
    expect(wrongWith(finalizing(false))).toEqual([]);
  });

  it('should fail for one that is finalized while somebody holds a reference', () => {
    expect(wrongWith(finalizing(true))).toEqual([
      'invariant: I2: no reference on what is finalized',
    ]);
  });
});
