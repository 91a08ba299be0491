import { describe, expect, it } from 'vitest';
import { BigLock, CurrentInstance, unreference } from '../../models/index.js';
import { noDanglingCurrentMigration } from '../../properties/index.js';
import type { Sim } from '../../src/index.js';
import { exploreAll, wrongWith } from '../models/support.js';
import { thingsOf } from './support.js';

describe('noDanglingCurrentMigration', () => {
  function pointerTo(
    clear: 'before' | 'after under the lock' | 'after' | 'never' | 'never, locked',
  ) {
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
        yield* unreference(object);
        if (clear.startsWith('after')) yield* exported.write(undefined);
        if (clear !== 'after' && clear !== 'never, locked') yield* bigLock.unlock();
      });
    };
  }

  it('should hold of a pointer that is reset before, or after under the big lock', () => {
    expect(wrongWith(pointerTo('before'))).toEqual([]);
    expect(wrongWith(pointerTo('after under the lock'))).toEqual([]);
  });

  it('should fail for a pointer that is reset too late or never', () => {
    const violation = ['invariant: I11: no dangling current_migration'];
    expect(wrongWith(pointerTo('after'))).toEqual(violation);
    expect(wrongWith(pointerTo('never'))).toEqual(violation);
  });

  it('should fail where the big lock is never given back', () => {
    expect(wrongWith(pointerTo('never, locked'))).toEqual([
      'assertion: I11: no dangling current_migration: it points to thing, which is freed, and stays so',
    ]);
  });

  it('should say whether what it points to is finalized or freed', () => {
    const messageOf = (inPlace: boolean): string | undefined => {
      const setup = (sim: Sim): void => {
        const { create, createIn } = thingsOf(sim);
        const bigLock = new BigLock(sim);
        const exported = new CurrentInstance(sim, 'pointer');
        const outside = sim.block('outside');
        noDanglingCurrentMigration(sim, { bigLock, exported });
        sim.thread('main', function* () {
          yield* bigLock.lock();
          const object = yield* inPlace ? createIn(outside.embed('thing')) : create('thing');
          yield* exported.write(object);
          yield* unreference(object);
          yield* bigLock.unlock();
        });
      };
      return exploreAll(setup).violations[0]?.message;
    };
    const dangles = 'I11: no dangling pointer: it points to';
    const free = 'and nobody holds BQL';
    expect(messageOf(true)).toBe(`${dangles} outside.thing, which is finalized, ${free}`);
    expect(messageOf(false)).toBe(`${dangles} thing, which is freed, ${free}`);
  });
});
