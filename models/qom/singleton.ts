import type { Mutex, Plain, Routine } from '../../src/index.js';
import type { BigLock } from '../mainloop/big-lock.js';
import type { CreationSite } from './creation-sites.js';
import { CurrentInstance, type PointerRead } from './current-instance.js';
import type { QemuError } from './error.js';
import type { QomObject } from './object.js';
import type { Qom } from './qom.js';
import type { TypeInfo } from './type-info.js';
import type { ObjectClass } from './type-table.js';

/** What introspection looks at: an object, and whether it is somebody else's; or the class alone. */
export type Inspected = { readonly object: QomObject; readonly lent: boolean } | 'class';

/**
 * An answer to: how is the one instance of a class created, found, and forgotten? All that the answers differ in. The hooks run where
 * the functions they stand in run: none of them takes the big lock.
 */
export interface SingletonDesign {
  readonly name: string;
  /** What a site that makes an object of a type by name asks before it does. */
  readonly allow: (singleton: Singleton, site: CreationSite) => Routine<QemuError | undefined>;
  /** object_new itself, before there is memory: nothing, and it goes on; or what it returns instead. It may abort. */
  readonly beforeNew: (
    singleton: Singleton,
    klass: ObjectClass,
  ) => Routine<QomObject | QemuError | undefined>;
  /** The instance_init of the class that is a singleton: those of its subclasses have not run. */
  readonly born: (singleton: Singleton, object: QomObject) => Routine;
  /** The end of object_new. */
  readonly made: (singleton: Singleton, object: QomObject) => Routine;
  /** The code that made *the* instance, as opposed to a temporary one, keeps it. */
  readonly publish: (singleton: Singleton, object: QomObject) => Routine;
  /** The instance_finalize of the class that is a singleton: those of its subclasses have run. */
  readonly dying: (singleton: Singleton, object: QomObject) => Routine;
  /** The look-up. */
  readonly getInstance: (singleton: Singleton) => Routine<QomObject | undefined>;
  /** What whoever looked it up does when done with it. */
  readonly giveBack: (singleton: Singleton, object: QomObject) => Routine;
  /** The object whose properties an introspection command lists. */
  readonly inspect: (
    singleton: Singleton,
    klass: ObjectClass,
    site: CreationSite,
  ) => Routine<Inspected | QemuError>;
  /** The beginning of realize or complete. */
  readonly activate: (singleton: Singleton, object: QomObject) => Routine<QemuError | undefined>;
  /** Realize or complete failed after that. */
  readonly activationFailed: (singleton: Singleton, object: QomObject) => Routine;
  /** Unrealize. */
  readonly deactivate: (singleton: Singleton, object: QomObject) => Routine;
}

/** One class that says it is a singleton, with all that descend from it: TYPE_SINGLETON. */
export class Singleton {
  /** The global pointer to the instance, as far as the design has one. */
  readonly current: CurrentInstance;
  /** Protects the pointer in designs that lock. */
  readonly mutex: Mutex;

  constructor(
    readonly singletons: Singletons,
    /** The class that implements the interface itself. */
    readonly type: string,
  ) {
    const { sim } = singletons.qom;
    this.current = new CurrentInstance(sim, `pointer to ${type}`);
    this.mutex = sim.mutex(`${type} lock`);
  }

  get qom(): Qom {
    return this.singletons.qom;
  }

  get design(): SingletonDesign {
    return this.singletons.design;
  }

  /** Reads the pointer as the running thread reads it: with the big lock, or without. */
  *read(): Routine<QomObject | undefined> {
    const read = yield* this.singletons.howToRead(this.current);
    return yield* read();
  }
}

/** A table from the type of an instance to the instance; never changed. */
export class Instances extends Map<string, QomObject> {
  /** What traces show. */
  get name(): string {
    return this.size === 0 ? 'none' : [...this.values()].map(({ name }) => name).join(', ');
  }
}

/** The classes of one process that are singletons, and the design that makes them so. */
export class Singletons {
  /** A table from the type of an instance to the instance, for designs that have one. Unlocked, like all tables of the core. */
  readonly registry: Plain<ReadonlyMap<string, QomObject>>;
  private readonly byType = new Map<string, Singleton>();
  private bigLock: BigLock | undefined;
  /** How each thread without the lock reads, once it has decided: known to that thread alone. */
  private readonly reads = new Map<string, PointerRead>();

  constructor(
    readonly qom: Qom,
    private chosen: SingletonDesign,
  ) {
    this.registry = qom.sim.plain<ReadonlyMap<string, QomObject>>(
      'table of instances',
      new Instances(),
    );
  }

  get design(): SingletonDesign {
    return this.chosen;
  }

  /**
   * Chooses the design. During set-up.
   *
   * @param bigLock - tells threads that read a pointer with the lock from those without; absent: all read as C defines it
   */
  use(design: SingletonDesign, bigLock?: BigLock): void {
    this.chosen = design;
    this.bigLock = bigLock;
  }

  /** A type is registered: during set-up. */
  declare(info: TypeInfo): void {
    if (info.interfaces?.includes('singleton') !== true) return;
    this.byType.set(info.name, new Singleton(this, info.name));
  }

  /** The singleton that a class is or descends from: of several, the one that is farthest from it. */
  of(klass: ObjectClass): Singleton | undefined {
    if (this.byType.size === 0) return undefined;
    const scope = klass.lineage.filter(({ name }) => this.byType.has(name)).at(-1);
    return scope === undefined ? undefined : this.byType.get(scope.name);
  }

  /** singleton_get_instance and its like, by the name of the class. */
  *getInstance(type: string): Routine<QomObject | undefined> {
    const singleton = this.named(type);
    return yield* singleton.design.getInstance(singleton);
  }

  /** What follows a look-up. */
  *giveBack(object: QomObject): Routine {
    const singleton = this.of(object.klass);
    if (singleton !== undefined) yield* singleton.design.giveBack(singleton, object);
  }

  /** The subsystem's own code has made the instance. */
  *publish(object: QomObject): Routine {
    const singleton = this.of(object.klass);
    if (singleton !== undefined) yield* singleton.design.publish(singleton, object);
  }

  /** Runs what makes an object active, realize or complete, unless the design refuses; tells it if that fails. */
  *activating(
    object: QomObject,
    body: () => Routine<QemuError | undefined>,
  ): Routine<QemuError | undefined> {
    const singleton = this.of(object.klass);
    if (singleton === undefined) return yield* body();
    const refused = yield* singleton.design.activate(singleton, object);
    if (refused !== undefined) return refused;
    const error = yield* body();
    if (error !== undefined) yield* singleton.design.activationFailed(singleton, object);
    return error;
  }

  /** An object is active no longer. */
  *deactivate(object: QomObject): Routine {
    const singleton = this.of(object.klass);
    if (singleton !== undefined) yield* singleton.design.deactivate(singleton, object);
  }

  /** A thread without the lock decides once for each pointer. */
  *howToRead(pointer: CurrentInstance): Routine<PointerRead> {
    if (this.bigLock?.mine !== false) return () => pointer.read();
    const key = `${this.qom.sim.self} ${pointer.name}`;
    const known = this.reads.get(key);
    if (known !== undefined) return known;
    const decided = yield* pointer.unlockedRead();
    this.reads.set(key, decided);
    return decided;
  }

  /** The singleton by the name of its class, which has to be one. Not a step. */
  named(type: string): Singleton {
    return this.byType.get(type) ?? this.qom.sim.fail(`"${type}" is not declared a singleton`);
  }
}
