import { describe, expect, it } from 'vitest';
import { reference, unreference } from '../../models/index.js';
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

  /** A part in place, like the bus of a controller; somebody refers to it when its container goes, or lets go first. */
  function partOf(referred: boolean) {
    return (sim: Sim): void => {
      const { census, createIn } = thingsOf(sim);
      noUseAfterFinalize(sim, { census });
      sim.thread('main', function* () {
        const container = yield* sim.alloc('container');
        const part = yield* createIn(container.embed('part'));
        yield* reference(part);
        yield* unreference(part);
        if (!referred) yield* unreference(part);
        yield* sim.free(container);
      });
    };
  }

  it('should hold of a part that is finalized before its container goes', () => {
    expect(wrongWith(partOf(false))).toEqual([]);
  });

  it('should fail for one whose memory goes while somebody holds a reference', () => {
    expect(wrongWith(partOf(true))).toEqual(['invariant: I2: no reference on what is finalized']);
  });
});
