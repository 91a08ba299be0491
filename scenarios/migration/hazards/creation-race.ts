import { type Migration, objectNew } from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import type { Hazard } from '../hazard.js';

/** Checks that there is none, as object_new_allowed does, then makes one. */
function* createIfAllowed(migration: Migration, name: string): Routine {
  const { qom, type, design } = migration;
  const existing = yield* design.borrow(migration, false);
  yield* design.giveBack(migration, existing);
  if (existing === undefined) yield* objectNew(qom, type.name, name);
}

/** Two threads create the singleton, and neither holds the big lock. */
export const creationRace: Hazard = {
  name: 'creation-race',
  title: 'two creators',
  description: 'two threads create the singleton without the big lock',
  threads(sim, migration) {
    sim.thread('main', function* () {
      for (const name of ['first', 'second']) {
        yield* sim.spawn(`${name} creator`, () => createIfAllowed(migration, name));
      }
    });
  },
};
