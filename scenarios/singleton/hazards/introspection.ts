import {
  failed,
  qmpDeviceListProperties,
  qmpQomListProperties,
  unparent,
  unreference,
} from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';
import { World } from '../world.js';

/** Both commands. Returns whether each says that there is the property that instance_init adds. */
function* ask({ qom, kind, property }: World): Routine<boolean> {
  const answers = [
    yield* qmpQomListProperties(qom, kind),
    yield* qmpDeviceListProperties(qom, kind),
  ];
  return answers.every((answer) => !failed(answer) && answer.some(({ name }) => name === property));
}

const both = 'qom-list-properties and device-list-properties';

/** The temporary object must not be taken for the instance by a thread that looks for it without the lock. */
function before(
  name: string,
  title: string,
  description: string,
  afterwards: (world: World) => Routine,
): Hazard {
  return {
    name,
    title,
    description,
    threads(sim, row) {
      const world = new World(sim, row, 'intel-iommu');
      const early = window(sim, 'an object exists, the look-up is not over');
      world.born = early.open;
      sim.thread('main', function* () {
        yield* world.boot();
        yield* sim.spawn('reader', function* () {
          yield* world.lookUp();
          yield* early.close();
        });
        yield* world.bigLock.guard(function* () {
          yield* qmpDeviceListProperties(world.qom, world.kind);
          yield* afterwards(world);
        });
      });
    },
  };
}

export const introspectionBefore: Hazard = before(
  'introspection-before',
  'listed before it exists',
  'device-list-properties before there is an instance, while a thread without a lock looks for one',
  function* () {},
);

export const creationAfterIntrospection: Hazard = before(
  'creation-after-introspection',
  'created after it is listed',
  'the same, and then the machine creates its instance',
  function* (world) {
    yield* world.create(false);
  },
);

/** The instance must be found afterwards as it was. */
export const introspectionDuring: Hazard = {
  name: 'introspection-during',
  title: 'listed while it exists',
  description: `${both} while the instance is in use: complete answers, and nothing changes`,
  threads(sim, row) {
    const world = new World(sim, row, 'intel-iommu');
    const inUse = sim.reachable('properties listed while there is an instance');
    sim.thread('main', function* () {
      yield* world.boot();
      yield* world.bigLock.lock();
      yield* world.create(true);
      inUse();
      const complete = yield* world.withoutEffect(() => ask(world));
      yield* world.lookUp();
      yield* world.bigLock.unlock();
      sim.assert(complete, `qmp_qom_list_properties: "${world.property}" is not among the answers`);
    });
  },
};

/** What is gone must not be looked at, and nothing must be left of the temporary objects. */
export const introspectionAfter: Hazard = {
  name: 'introspection-after',
  title: 'listed when it is gone',
  description: `${both} when the instance is finalized, then a look-up, all under the big lock`,
  threads(sim, row) {
    const world = new World(sim, row, 'intel-iommu');
    const gone = sim.reachable('properties listed when the instance is gone');
    sim.thread('main', function* () {
      yield* world.boot();
      yield* world.bigLock.lock();
      const object = yield* world.create(true);
      yield* unparent(object);
      yield* unreference(object);
      gone();
      yield* ask(world);
      yield* world.lookUp();
      yield* world.bigLock.unlock();
    });
  },
};
