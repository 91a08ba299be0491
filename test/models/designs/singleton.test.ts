import { describe, expect, it } from 'vitest';
import {
  addChild,
  BigLock,
  Census,
  chardevNew,
  createMachine,
  deviceAddSite,
  failed,
  machineGetContainer,
  objectNew,
  QemuError,
  Qom,
  type QomObject,
  qmpDeviceListProperties,
  qmpObjectAdd,
  qmpQomListProperties,
  queryCpuModelExpansion,
  type SingletonDesign,
  singletonDesigns,
  type TypeInfo,
  unreference,
} from '../../../models/index.js';
import { noDuplicateSingletons } from '../../../properties/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** One process with the types of the scenarios, and a design. */
class World {
  readonly qom: Qom;
  readonly bigLock: BigLock;
  readonly census: Census;

  constructor(
    readonly sim: Sim,
    readonly design: SingletonDesign,
  ) {
    this.qom = new Qom(sim);
    this.bigLock = new BigLock(sim);
    this.census = new Census(sim, 'iommu');
    this.qom.singletons.use(design, this.bigLock);
    const singleton = ['singleton'];
    const instanceInit = (object: QomObject) => this.census.add(object);
    const types: TypeInfo[] = [
      { name: 'pc-machine', parent: 'object' },
      { name: 'device', parent: 'object', abstract: true },
      { name: 'x86-iommu', parent: 'device', abstract: true, interfaces: singleton, instanceInit },
      { name: 'intel-iommu', parent: 'x86-iommu', classProperties: [{ name: 'aw', type: 'int' }] },
      { name: 'amd-iommu', parent: 'x86-iommu' },
      { name: 'chardev', parent: 'object', interfaces: singleton },
      { name: 'cpu', parent: 'object', interfaces: singleton },
      { name: 'main-loop', parent: 'object', interfaces: ['user-creatable', ...singleton] },
    ];
    for (const type of types) this.qom.types.register(type);
  }

  /** The machine's own, in the tree; or without a parent, like the migration object. */
  *create(type: string, attached = true): Routine<QomObject> {
    const object = yield* objectNew(this.qom, type);
    yield* this.qom.singletons.publish(object);
    if (!attached) return object;
    yield* addChild(yield* machineGetContainer(this.qom, 'unattached'), 'the-one', object);
    return object;
  }
}

/** What the body says with each design, when nothing goes wrong; else what goes wrong. */
function outcomes(
  body: (world: World) => Routine<string>,
  unique: boolean = false,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const design of singletonDesigns) {
    const said = new Set<string>();
    const wrong = wrongWith((sim) => {
      const world = new World(sim, design);
      if (unique) noDuplicateSingletons(sim, world);
      sim.thread('main', function* () {
        yield* world.bigLock.lock();
        yield* createMachine(world.qom, 'pc-machine');
        said.add(yield* body(world));
        yield* world.bigLock.unlock();
      });
    });
    found[design.name] = wrong.length > 0 ? wrong.join('; ') : [...said].join('; ');
  }
  return found;
}

const refused = (type: string) => `there is an instance of the singleton '${type}' already`;
const aborted = (type: string) => `assertion: object_new: a second instance of "${type}"`;
const designs = singletonDesigns.map(({ name }) => name);

/** The same for all designs, but for some. */
function all(usual: string, but: Record<string, string> = {}): Record<string, string> {
  return { ...Object.fromEntries(designs.map((name) => [name, usual])), ...but };
}

describe('a second instance', () => {
  it('should be refused by device_add, aborted on, merged with the first, or made', () => {
    const second = (type: string) =>
      outcomes(function* (world) {
        yield* world.create('intel-iommu');
        const klass = yield* world.qom.types.initialize(type);
        const made = yield* deviceAddSite.create(world.qom, klass);
        return failed(made) ? made.desc : made.name;
      });
    const of = (type: string, siblings: Record<string, string>) =>
      all(type, {
        'first-version': refused('x86-iommu'),
        'second-version': refused('x86-iommu'),
        'locked-hooks': refused('x86-iommu'),
        'set-in-init': aborted('x86-iommu'),
        'glib-constructor': 'intel-iommu',
        'fallible-new': refused('x86-iommu'),
        'resolved-in-tree': refused('x86-iommu'),
        ...siblings,
      });
    expect(second('intel-iommu')).toEqual(
      of('intel-iommu', { 'type-registry': refused('x86-iommu') }),
    );
    // The registry's key is the type of the instance: subclasses of one base do not meet.
    expect(second('amd-iommu')).toEqual(of('amd-iommu', {}));
  });

  it('should not be found in the tree if the first has no parent', () => {
    const found = outcomes(function* (world) {
      yield* world.create('intel-iommu', false);
      const klass = yield* world.qom.types.initialize('intel-iommu');
      const made = yield* deviceAddSite.create(world.qom, klass);
      return failed(made) ? 'refused' : 'made';
    });
    expect(found['resolved-in-tree']).toBe('made');
    expect(found['type-registry']).toBe('refused');
  });

  it('should meet every other site that makes objects by name', () => {
    const chardev = outcomes(function* (world) {
      yield* chardevNew(world.qom, 'chardev', 'a');
      const made = yield* chardevNew(world.qom, 'chardev', 'b');
      return failed(made) ? made.desc : made.name;
    });
    const parented = 'assertion: object_property_try_add_child: a already has a parent';
    const common = (type: string) => ({
      'first-version': aborted(type),
      'second-version': refused(type),
      'locked-hooks': refused(type),
      'set-in-init': aborted(type),
      'fallible-new': refused(type),
      'type-registry': refused(type),
      'resolved-in-tree': refused(type),
    });
    expect(chardev).toEqual(all('b', { ...common('chardev'), 'glib-constructor': parented }));
    const cpu = outcomes(function* (world) {
      yield* world.create('cpu');
      const names = yield* queryCpuModelExpansion(world.qom, 'cpu');
      return failed(names) ? names.desc : 'expanded';
    });
    expect(cpu).toEqual(all('expanded', common('cpu')));
    const objects = outcomes(function* (world) {
      const said: (string | undefined)[] = [];
      for (const id of ['a', 'b']) {
        const error = yield* qmpObjectAdd(world.qom, { 'qom-type': 'main-loop', id });
        said.push(error?.desc ?? 'made');
      }
      return said.join(', ');
    });
    const second = Object.entries(common('main-loop')).map(([name, text]) => [
      name,
      text.startsWith('assertion') ? text : `made, ${text}`,
    ]);
    const atMostOne = 'made, at most one main-loop device is permitted';
    expect(objects).toEqual(
      all('made, made', {
        ...(Object.fromEntries(second) as Record<string, string>),
        'glib-constructor': parented,
        'pre-plug-guard': atMostOne,
        'unique-when-active': atMostOne,
      }),
    );
  });
});

describe('introspection of a singleton', () => {
  it('should make a second instance, borrow the first, look at the class, or fail', () => {
    const asked = (list: typeof qmpQomListProperties) =>
      outcomes(function* (world) {
        const object = yield* world.create('intel-iommu');
        const listed = yield* list(world.qom, 'intel-iommu');
        const now = yield* world.sim.step('look', () => object.ref.peek());
        return failed(listed) ? 'error' : `${listed.length} properties, ${now} references`;
      }, true);
    const second = 'invariant: I5: no duplicate singletons';
    const makesSecond = {
      'no-singletons': second,
      'pre-plug-guard': second,
      'unique-when-active': second,
      'cleared-in-finalize': second,
      'fallible-new': 'error',
    };
    const listed = all('2 properties, 2 references', makesSecond);
    expect(asked(qmpQomListProperties)).toEqual(listed);
    expect(asked(qmpDeviceListProperties)).toEqual(all('1 properties, 2 references', makesSecond));
  });

  it('should change what a look-up finds, if a temporary object takes the pointer along', () => {
    const after = outcomes(function* (world) {
      const object = yield* world.create('intel-iommu');
      yield* qmpQomListProperties(world.qom, 'intel-iommu');
      const found = yield* world.qom.singletons.getInstance('x86-iommu');
      return found === object ? 'the one' : 'nothing';
    });
    expect(after).toEqual(
      all('the one', {
        'cleared-in-finalize': 'nothing',
        // Nobody has activated it.
        'pre-plug-guard': 'nothing',
        'unique-when-active': 'nothing',
      }),
    );
  });
});

describe('an object that becomes active', () => {
  /** Realizes, with or without success. */
  function* realize(world: World, object: QomObject, works: boolean): Routine<string> {
    const error = yield* world.qom.singletons.activating(object, () => realizing(works));
    return error?.desc ?? 'realized';
  }

  function* realizing(works: boolean): Routine<QemuError | undefined> {
    return works ? undefined : new QemuError('realize failed');
  }

  it('should leave the way free for the next if it failed, unless its pointer is kept', () => {
    const found = outcomes(function* (world) {
      const said: string[] = [];
      for (const [type, works] of [
        ['intel-iommu', false],
        ['amd-iommu', true],
      ] as const) {
        const object = yield* objectNew(world.qom, type);
        said.push(yield* realize(world, object, works));
        if (!works) yield* unreference(object);
      }
      return said.join(', ');
    });
    const refusal = 'at most one x86-iommu device is permitted';
    expect(found).toEqual(
      all('realize failed, realized', { 'pre-plug-guard': `realize failed, ${refusal}` }),
    );
  });

  it('should be the only one until it is no longer active', () => {
    const found = outcomes(function* (world) {
      if (!world.design.name.endsWith('active')) return 'another design';
      const [first, second] = [
        yield* objectNew(world.qom, 'intel-iommu', 'first'),
        yield* objectNew(world.qom, 'intel-iommu', 'second'),
      ];
      const said = [yield* realize(world, first, true), yield* realize(world, second, true)];
      yield* unreference(second);
      const active = yield* world.qom.singletons.getInstance('x86-iommu');
      yield* world.qom.singletons.deactivate(first);
      const after = yield* world.qom.singletons.getInstance('x86-iommu');
      return [...said, active?.name, after?.name].join(', ');
    });
    expect(found['unique-when-active']).toBe(
      'realized, at most one x86-iommu device is permitted, first, ',
    );
  });
});

/** A thread looks the instance up and uses it, with or without the big lock, while another drops the last reference. */
function lookUpWhileItGoes(design: SingletonDesign, locked: boolean): string[] {
  return wrongWith((sim) => {
    const world = new World(sim, design);
    const { qom, bigLock } = world;
    function* use(): Routine {
      const object = yield* qom.singletons.getInstance('x86-iommu');
      if (object === undefined) return;
      yield* object.parent.read();
      yield* qom.singletons.giveBack(object);
    }
    sim.thread('main', function* () {
      yield* bigLock.lock();
      const object = yield* world.create('intel-iommu', false);
      yield* sim.spawn('reader', locked ? () => bigLock.guard(use) : use);
      yield* bigLock.unlock();
      yield* bigLock.guard(() => unreference(object));
    });
  });
}

describe('a look-up', () => {
  it('should need the big lock and a pointer that is cleared', () => {
    expect(lookUpWhileItGoes(designNamed('no-singletons'), true)).toEqual([
      'use-after-free: intel-iommu',
    ]);
    const cleared = [
      'first-version',
      'second-version',
      'locked-hooks',
      'set-in-init',
      'cleared-in-finalize',
    ];
    for (const name of [...cleared, 'glib-constructor', 'type-registry']) {
      expect(lookUpWhileItGoes(designNamed(name), true)).toEqual([]);
    }
  });

  it('should not be saved by a reference that raises the count from zero', () => {
    const race = 'data-race: pointer to x86-iommu';
    expect(lookUpWhileItGoes(designNamed('first-version'), false)).toEqual([
      race,
      'use-after-free: intel-iommu',
    ]);
    expect(lookUpWhileItGoes(designNamed('second-version'), false)).toEqual([
      race,
      'refcount: intel-iommu.ref',
      'use-after-free: intel-iommu',
    ]);
    expect(lookUpWhileItGoes(designNamed('locked-hooks'), false)).toEqual([
      'refcount: intel-iommu.ref',
    ]);
  });
});

describe('two creators without the big lock', () => {
  it.each(
    singletonDesigns.filter(
      ({ name }) => !['no-singletons', 'pre-plug-guard', 'unique-when-active'].includes(name),
    ),
  )('should both succeed now and then: $name', (design) => {
    const wrong = wrongWith((sim) => {
      const world = new World(sim, design);
      noDuplicateSingletons(sim, world);
      function* create(): Routine {
        const klass = yield* world.qom.types.initialize('intel-iommu');
        yield* deviceAddSite.create(world.qom, klass);
      }
      sim.thread('main', function* () {
        yield* createMachine(world.qom, 'pc-machine');
        yield* world.qom.types.initialize('intel-iommu');
        for (const name of ['first creator', 'second creator']) yield* sim.spawn(name, create);
      });
    });
    expect(wrong).toContain('invariant: I5: no duplicate singletons');
  });
});

describe('a temporary object', () => {
  it('should be taken for the singleton by a thread without the big lock, where instance_init says so', () => {
    const adopted = (name: string) =>
      wrongWith((sim) => {
        const world = new World(sim, designNamed(name));
        const { qom, bigLock } = world;
        sim.thread('main', function* () {
          yield* qom.types.initialize('intel-iommu');
          yield* sim.spawn('reader', function* () {
            const object = yield* qom.singletons.getInstance('x86-iommu');
            if (object !== undefined) yield* object.parent.read();
          });
          yield* bigLock.guard(() => qmpDeviceListProperties(qom, 'intel-iommu'));
        });
      });
    const race = 'data-race: pointer to x86-iommu';
    expect(adopted('set-in-init')).toEqual([race, 'use-after-free: temporary intel-iommu']);
    expect(adopted('unique-when-active')).toEqual([]);
  });
});

describe('two objects that become active without the big lock', () => {
  it('should race for the pointer', () => {
    const wrong = wrongWith((sim) => {
      const { qom } = new World(sim, designNamed('unique-when-active'));
      sim.thread('main', function* () {
        for (const name of ['first', 'second']) {
          const object = yield* objectNew(qom, 'intel-iommu', name);
          yield* sim.spawn(name, () => qom.singletons.activating(object, succeed));
        }
      });
    });
    expect(wrong).toEqual(['data-race: pointer to x86-iommu']);
  });

  function* succeed(): Routine<undefined> {
    return undefined;
  }
});

function designNamed(name: string): SingletonDesign {
  const design = singletonDesigns.find((each) => each.name === name);
  if (design === undefined) throw new Error(name);
  return design;
}
