import {
  addChild,
  addProperty,
  BigLock,
  Census,
  createMachine,
  machineGetContainer,
  objectNew,
  Qom,
  type QomObject,
  type TypeInfo,
} from '../../models/index.js';
import {
  noDanglingPointer,
  noDuplicateSingletons,
  noOutsideEffect,
  type Outside,
  type WithoutEffect,
} from '../../properties/index.js';
import type { Plain, Routine, Sim } from '../../src/index.js';
import type { SingletonRow } from './designs.js';

/** What an instance has that its users look at and whoever owns it may set. */
interface Settings {
  readonly width: Plain<number>;
}

/** The classes that can be singletons here, one for each command that makes objects of a type that somebody names. */
const kinds = {
  'intel-iommu': { parent: 'device' },
  chardev: { parent: 'object' },
  cpu: { parent: 'object' },
  'main-loop': { parent: 'object', interfaces: ['user-creatable', 'singleton'] },
} as const;

export type Kind = keyof typeof kinds;

/** One process with an object model, and a class that is a singleton. There is no instance of it yet. */
export class World {
  readonly sim: Sim;
  readonly qom: Qom;
  readonly bigLock: BigLock;
  /** The class. */
  readonly kind: Kind;
  /** The property that instance_init adds. */
  readonly property: string = 'intremap';
  /** Told when an instance begins to exist. */
  born: (() => Routine) | undefined;
  /** Runs what must change nothing but what it makes itself. */
  readonly withoutEffect: WithoutEffect;
  private readonly instances: Census;
  private readonly inUse: Census;
  private readonly type: TypeInfo<Settings>;
  private first: QomObject | undefined;

  constructor(sim: Sim, row: SingletonRow, kind: Kind) {
    this.sim = sim;
    this.kind = kind;
    this.qom = new Qom(sim);
    this.bigLock = new BigLock(sim);
    this.instances = new Census(sim, kind);
    this.inUse = new Census(sim, `${kind} in use`);
    this.type = {
      interfaces: ['singleton'],
      ...kinds[kind],
      name: kind,
      fields: (block) => ({ width: block.plain('width', 39) }),
      instanceInit: (object) => this.initialize(object),
      complete: (object) => this.completed(object),
    };
    this.qom.types.register({ name: 'pc-machine', parent: 'object' });
    this.qom.types.register({ name: 'device', parent: 'object', abstract: true });
    this.qom.types.register(this.type);
    // Two threads that make the class at once would be a race of its own.
    this.qom.types.initializeAll();
    this.qom.singletons.use(row.model, this.bigLock);
    if (row.oneInstance) noDuplicateSingletons(sim, { census: this.instances });
    onlyOne(sim, 'instance', this.inUse);
    const pointer = { name: `pointer to ${kind}`, peek: () => this.pointer };
    noDanglingPointer(sim, pointer, this.bigLock);
    const width: Outside = {
      name: 'its width',
      peek: () => this.first && this.width(this.first).peek(),
    };
    this.withoutEffect = noOutsideEffect(sim, [pointer, width]);
  }

  /** The machine, with containers, while there is one thread yet. */
  *boot(): Routine {
    yield* createMachine(this.qom, 'pc-machine');
  }

  /** The instance, made by code that knows its type, in the composition tree or without a parent. */
  *create(attached: boolean): Routine<QomObject> {
    const object = yield* objectNew(this.qom, this.kind);
    this.first = object;
    yield* this.qom.singletons.activating(object, succeed);
    yield* this.use(object);
    if (attached) {
      yield* addChild(yield* machineGetContainer(this.qom, 'unattached'), 'the-one', object);
    }
    return object;
  }

  /** Somebody keeps an object as *the* instance. */
  *use(object: QomObject): Routine {
    yield* this.inUse.add(object);
    yield* this.qom.singletons.publish(object);
  }

  /** A look-up, a look at what was found, and whatever the design has follow. */
  *lookUp(): Routine {
    const { singletons } = this.qom;
    const object = yield* singletons.getInstance(this.kind);
    if (object === undefined) return;
    yield* this.width(object).read();
    yield* singletons.giveBack(object);
  }

  /** The setting of an instance. */
  width(object: QomObject): Plain<number> {
    return object.as(this.type).width;
  }

  private get pointer(): QomObject | undefined {
    const { singletons } = this.qom;
    const [entered] = singletons.registry.peek().values();
    return singletons.named(this.kind).current.peek() ?? entered;
  }

  private *initialize(object: QomObject): Routine {
    yield* this.instances.add(object);
    yield* addProperty(object, { name: this.property, type: 'bool' });
    if (this.born !== undefined) yield* this.born();
  }

  private *completed(object: QomObject): Routine<undefined> {
    yield* this.use(object);
    return undefined;
  }
}

/** That no two objects are in use at a time. */
export function onlyOne(sim: Sim, what: string, inUse: Census): void {
  const name = `I5: one ${what} in use at most`;
  sim.invariant(name, () => {
    const different = [...new Set(inUse.living)];
    const names = () => different.map((object) => object.name).join(' and ');
    sim.assert(different.length <= 1, () => `${name}: ${names()} are`);
  });
}

/** Realize or complete, where nothing can go wrong. */
export function* succeed(): Routine<undefined> {
  return undefined;
}
