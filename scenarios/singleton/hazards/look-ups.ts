import { type QomObject, unparent, unreference } from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { World } from '../world.js';

function* drop(object: QomObject): Routine {
  yield* unparent(object);
  yield* unreference(object);
}

function lookUp(
  name: string,
  title: string,
  description: string,
  how: (world: World, body: () => Routine) => Routine,
): Hazard {
  return {
    name,
    title,
    description,
    threads(sim, row) {
      const world = new World(sim, row, 'intel-iommu');
      const late = window(sim, 'the last reference is dropped, the look-up not over');
      function* reader(): Routine {
        yield* how(world, () => world.lookUp());
        yield* late.close();
      }
      sim.thread('main', function* () {
        yield* world.boot();
        const object = yield* world.create(true);
        yield* sim.spawn('reader', reader);
        yield* world.bigLock.guard(function* () {
          yield* late.open();
          yield* drop(object);
        });
      });
    },
  };
}

export const unlockedLookUp: Hazard = lookUp(
  'finalize-vs-unlocked-look-up',
  'unlocked look-up while it goes',
  'the instance is looked up and read without a lock while its last reference is dropped',
  (_world, body) => body(),
);

export const lockedLookUp: Hazard = lookUp(
  'finalize-vs-locked-look-up',
  'locked look-up while it goes',
  'the instance is looked up and read under the big lock, before or after its last reference is dropped',
  ({ bigLock }, body) => bigLock.guard(body),
);
