import { describe, expect, it } from 'vitest';
import { CurrentInstance, objectNew, Qom, unreference } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** A thread frees the object and resets the pointer, another one reads it and follows it. */
function staleRead(
  read: (pointer: CurrentInstance) => ReturnType<CurrentInstance['read']>,
  clearFirst: boolean,
) {
  return (sim: Sim): void => {
    const qom = new Qom(sim);
    qom.types.register({ name: 'thing', parent: 'object' });
    const current = new CurrentInstance(sim, 'current');
    function* follow(): Routine {
      const object = yield* read(current);
      if (object !== undefined) yield* object.properties.read();
    }
    sim.thread('main', function* () {
      const object = yield* objectNew(qom, 'thing');
      yield* current.write(object);
      yield* sim.spawn('reader', follow);
      if (clearFirst) yield* current.write(undefined);
      yield* unreference(object);
      if (!clearFirst) yield* current.write(undefined);
    });
  };
}

function* readUnlocked(pointer: CurrentInstance): ReturnType<CurrentInstance['read']> {
  const read = yield* pointer.unlockedRead();
  return yield* read();
}

describe('CurrentInstance', () => {
  it('should show the race of a read without the lock, and what is behind it', () => {
    for (const clearFirst of [true, false]) {
      const unlocked = staleRead(readUnlocked, clearFirst);
      expect(wrongWith(unlocked)).toEqual([
        'data-race: current',
        'use-after-free: thing.properties',
      ]);
    }
  });

  it('should show only the race of a read as C defines it, if that comes first', () => {
    const plain = staleRead((pointer) => pointer.read(), true);
    expect(wrongWith(plain)).toEqual(['data-race: current']);
  });
});
