import { describe, expect, it } from 'vitest';
import {
  CurrentInstance,
  objectNew,
  Qom,
  type QomObject,
  unreference,
} from '../../models/index.js';
import { noOutsideEffect } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';

describe('noOutsideEffect', () => {
  /** A type whose finalize clears a pointer, always or only if the pointer leads to the object itself. */
  function clearing(when: 'always' | 'if it is the object') {
    return (sim: Sim): void => {
      const qom = new Qom(sim);
      const current = new CurrentInstance(sim, 'current');
      qom.types.register({
        name: 'thing',
        parent: 'object',
        *instanceFinalize(object: QomObject) {
          if (when === 'always' || (yield* current.read()) === object) {
            yield* current.write(undefined);
          }
        },
      });
      const withoutEffect = noOutsideEffect(sim, [current]);
      sim.thread('main', function* () {
        yield* current.write(yield* objectNew(qom, 'thing'));
        yield* withoutEffect(function* () {
          yield* unreference(yield* objectNew(qom, 'thing', 'temporary'));
        });
      });
    };
  }

  it('should hold of a type that minds its own', () => {
    expect(wrongWith(clearing('if it is the object'))).toEqual([]);
  });

  it('should fail for a type that changes what is not its own', () => {
    expect(wrongWith(clearing('always'))).toEqual([
      'invariant: I10: a temporary object has no outside effect',
    ]);
  });
});
