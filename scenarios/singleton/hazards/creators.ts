import { deviceAddSite, failed, unreference } from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { succeed, World } from '../world.js';

/** Asks as device_add does, makes an object, activates it, and keeps it; gives up at the first refusal. */
function* create(world: World, name: string): Routine {
  const { qom } = world;
  const klass = yield* qom.types.initialize(world.kind);
  const object = yield* deviceAddSite.create(qom, klass, name);
  if (failed(object)) return;
  if (failed(yield* qom.singletons.activating(object, succeed))) yield* unreference(object);
  else yield* world.use(object);
}

function creators(
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
      const between = window(sim, 'one has begun, the other is not done');
      function* creator(which: string): Routine {
        if (which === 'first') yield* between.open();
        yield* how(world, () => create(world, `${which} iommu`));
        if (which === 'second') yield* between.close();
      }
      sim.thread('main', function* () {
        yield* world.boot();
        for (const which of ['first', 'second']) yield* sim.spawn(which, () => creator(which));
      });
    },
  };
}

export const twoCreatorsUnlocked: Hazard = creators(
  'two-creators-unlocked',
  'two creators, no lock',
  'two threads create an instance, and neither holds the big lock',
  (_world, body) => body(),
);

export const twoCreatorsLocked: Hazard = creators(
  'two-creators-locked',
  'two creators, big lock',
  'two threads create an instance, one after the other under the big lock',
  ({ bigLock }, body) => bigLock.guard(body),
);
