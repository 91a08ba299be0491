import { describe, expect, it } from 'vitest';
import { BigLock, unreference } from '../../models/index.js';
import { noDuplicateSingletons } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';
import { thingsOf } from './support.js';

describe('noDuplicateSingletons', () => {
  function twoInstances(oneAtATime: boolean) {
    return (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      noDuplicateSingletons(sim, { census });
      sim.thread('main', function* () {
        const first = yield* create('first');
        if (oneAtATime) yield* unreference(first);
        yield* create('second');
      });
    };
  }

  it('should hold of one instance after the other', () => {
    expect(wrongWith(twoInstances(true))).toEqual([]);
  });

  it('should fail for two at a time', () => {
    expect(wrongWith(twoInstances(false))).toEqual(['invariant: I5: no duplicate singletons']);
  });

  it('should see two that different threads make', () => {
    const setup = (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      const bigLock = new BigLock(sim);
      noDuplicateSingletons(sim, { census });
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          const object = yield* bigLock.guard(() => create(name));
          yield* unreference(object);
        });
      }
    };
    expect(wrongWith(setup)).toEqual(['invariant: I5: no duplicate singletons']);
  });
});
