import {
  chardevNew,
  cpuModelQuerySite,
  failed,
  qmpObjectAdd,
  unreference,
} from '../../../models/index.js';
import type { Routine } from '../../../src/index.js';
import type { Hazard } from '../hazard.js';
import { type Kind, World } from '../world.js';

/** A command that makes an object of a type that somebody names, when there is an instance of it. */
function command(
  kind: Kind,
  { name, title, description }: Omit<Hazard, 'threads'>,
  first: (world: World) => Routine,
  second: (world: World) => Routine,
): Hazard {
  return {
    name,
    title,
    description,
    threads(sim, row) {
      const world = new World(sim, row, kind);
      const again = sim.reachable('asked for while there is an instance');
      sim.thread('main', function* () {
        yield* world.boot();
        yield* world.bigLock.lock();
        yield* first(world);
        again();
        yield* second(world);
        yield* world.lookUp();
        yield* world.bigLock.unlock();
      });
    },
  };
}

function* chardevAdd(world: World, id: string): Routine {
  const made = yield* chardevNew(world.qom, world.kind, id);
  if (!failed(made)) yield* world.use(made);
}

export const chardev: Hazard = command(
  'chardev',
  {
    name: 'chardev-add',
    title: 'chardev-add',
    description: 'chardev-add of a type that has its instance',
  },
  (world) => chardevAdd(world, 'a'),
  (world) => chardevAdd(world, 'b'),
);

/** Upstream makes a CPU, gives it the properties that are asked about, and drops it. */
function* queryCpuModel(world: World): Routine {
  const { qom, kind } = world;
  const klass = yield* qom.types.initialize(kind);
  const cpu = yield* cpuModelQuerySite.create(qom, klass, 'temporary cpu');
  if (failed(cpu)) return;
  yield* world.width(cpu).write(48);
  yield* unreference(cpu);
}

export const cpuModel: Hazard = command(
  'cpu',
  {
    name: 'cpu-model-query',
    title: 'CPU model query',
    description: 'query-cpu-model-expansion of a type that has its instance, with a property set',
  },
  function* (world) {
    yield* world.create(true);
  },
  (world) => world.withoutEffect(() => queryCpuModel(world)),
);

function* objectAdd({ qom, kind }: World, id: string): Routine {
  yield* qmpObjectAdd(qom, { 'qom-type': kind, id });
}

export const objectAddTwice: Hazard = command(
  'main-loop',
  {
    name: 'object-add',
    title: 'object-add',
    description: 'object-add of a type that has its instance',
  },
  (world) => objectAdd(world, 'a'),
  (world) => objectAdd(world, 'b'),
);
