import { describe, expect, it } from 'vitest';
import { CurrentInstance, unreference } from '../../models/index.js';
import { noDanglingPointer } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';
import { thingsOf } from './support.js';

describe('noDanglingPointer', () => {
  function pointerTo(order: 'reset first' | 'reset later') {
    return (sim: Sim): void => {
      const { create } = thingsOf(sim);
      const pointer = new CurrentInstance(sim, 'cached');
      noDanglingPointer(sim, pointer);
      sim.thread('main', function* () {
        const object = yield* create('thing');
        yield* pointer.write(object);
        if (order === 'reset first') yield* pointer.write(undefined);
        yield* unreference(object);
        yield* pointer.write(undefined);
      });
    };
  }

  it('should hold of a pointer that is reset in time', () => {
    expect(wrongWith(pointerTo('reset first'))).toEqual([]);
  });

  it('should fail for one that is reset when the object is gone, without a lock', () => {
    expect(wrongWith(pointerTo('reset later'))).toEqual(['invariant: I11: no dangling cached']);
  });
});
