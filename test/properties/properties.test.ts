import { describe, expect, it } from 'vitest';
import {
  BigLock,
  Census,
  CurrentInstance,
  objectNew,
  type QomObject,
  TypeTable,
  unreference,
} from '../../models/index.js';
import {
  noDanglingCurrentMigration,
  noDuplicateSingletons,
  noUseAfterFinalize,
} from '../../properties/index.js';
import type { Routine, Sim } from '../../src/index.js';
import { wrongWith } from '../models/support.js';

/** A type whose instances are counted. */
function thingsOf(sim: Sim): { census: Census; create: (name: string) => Routine<QomObject> } {
  const census = new Census(sim, 'thing');
  const types = new TypeTable(sim);
  types.register({
    name: 'thing',
    parent: 'object',
    instanceInit: (object) => census.add(object),
  });
  return { census, create: (name) => objectNew(sim, types, 'thing', name) };
}

describe('noDanglingCurrentMigration', () => {
  function pointerTo(clear: 'before' | 'after under the lock' | 'after' | 'never') {
    return (sim: Sim): void => {
      const { create } = thingsOf(sim);
      const bigLock = new BigLock(sim);
      const exported = new CurrentInstance(sim, 'current_migration');
      noDanglingCurrentMigration(sim, { bigLock, exported });
      sim.thread('main', function* () {
        yield* bigLock.lock();
        const object = yield* create('thing');
        yield* exported.write(object);
        if (clear === 'before') yield* exported.write(undefined);
        if (clear === 'after') yield* bigLock.unlock();
        yield* unreference(sim, object);
        if (clear.startsWith('after')) yield* exported.write(undefined);
        if (clear !== 'after') yield* bigLock.unlock();
      });
    };
  }

  it('should hold of a pointer that is reset before, or after under the big lock', () => {
    expect(wrongWith(pointerTo('before'))).toEqual([]);
    expect(wrongWith(pointerTo('after under the lock'))).toEqual([]);
  });

  it('should fail for a pointer that is reset too late or never', () => {
    const violation = ['invariant: no dangling current_migration'];
    expect(wrongWith(pointerTo('after'))).toEqual(violation);
    expect(wrongWith(pointerTo('never'))).toEqual(violation);
  });
});

describe('noDuplicateSingletons', () => {
  function twoInstances(oneAtATime: boolean) {
    return (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      noDuplicateSingletons(sim, { census });
      sim.thread('main', function* () {
        const first = yield* create('first');
        if (oneAtATime) yield* unreference(sim, first);
        yield* create('second');
      });
    };
  }

  it('should hold of one instance after the other', () => {
    expect(wrongWith(twoInstances(true))).toEqual([]);
  });

  it('should fail for two at a time', () => {
    expect(wrongWith(twoInstances(false))).toEqual(['invariant: no duplicate singletons']);
  });

  it('should see two that different threads make', () => {
    const setup = (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      const bigLock = new BigLock(sim);
      noDuplicateSingletons(sim, { census });
      for (const name of ['A', 'B']) {
        sim.thread(name, function* () {
          const object = yield* bigLock.guard(() => create(name));
          yield* unreference(sim, object);
        });
      }
    };
    expect(wrongWith(setup)).toEqual(['invariant: no duplicate singletons']);
  });
});

describe('noUseAfterFinalize', () => {
  function finalizing(early: boolean) {
    return (sim: Sim): void => {
      const { census, create } = thingsOf(sim);
      noUseAfterFinalize(sim, { census });
      sim.thread('main', function* () {
        const object = yield* create('thing');
        if (early) yield* object.instance.retire();
        else yield* unreference(sim, object);
      });
    };
  }

  it('should hold of an object that goes with its last reference', () => {
    expect(wrongWith(finalizing(false))).toEqual([]);
  });

  it('should fail for one that is finalized while somebody holds a reference', () => {
    expect(wrongWith(finalizing(true))).toEqual(['invariant: no use after finalize']);
  });
});
