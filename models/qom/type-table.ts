import type { Plain, Routine, Sim } from '../../src/index.js';
import { classIsA, type InterfaceClass } from './class.js';
import {
  containerType,
  interfaceType,
  objectType,
  singletonType,
  type TypeInfo,
  userCreatableType,
} from './type-info.js';

/** A class, which exists from the first use of its type. Upstream: include/qom/object.h:ObjectClass. */
export interface ObjectClass {
  readonly type: string;
  readonly parent: ObjectClass | undefined;
  /** The type and its ancestors, the type first. */
  readonly lineage: readonly TypeInfo[];
  /** What it implements, inherited interfaces first. */
  readonly interfaces: readonly InterfaceClass[];
}

interface TypeImpl {
  readonly info: TypeInfo;
  /** No lock: the big lock, or that there is one thread yet, protects it. */
  readonly class: Plain<ObjectClass | undefined>;
  /** Of a type that a module brings: whether the module is loaded. */
  readonly loaded: Plain<boolean> | undefined;
  /** Whether the class was there before the threads. */
  early: boolean;
  /** The class, if it was there before the threads and somebody asked for it. */
  fixed?: ObjectClass;
}

/** Names that upstream keeps although they have a plus sign. */
const legacyName = /^(power[0-9A-Za-z]\+|Sun-UltraSparc-I)/;

/**
 * The registered types. Registration happens before there are threads (upstream: in constructors), so it takes no step, except for the
 * types that a module brings when it is loaded.
 *
 * Upstream: qom/object.c:type_register_static, type_initialize.
 */
export class TypeTable {
  private readonly sim: Sim;
  private readonly types = new Map<string, TypeImpl>();
  /** enumerating_types */
  private readonly enumerating: Plain<boolean>;

  /** @param registered - told of each type */
  constructor(
    sim: Sim,
    private readonly registered: (info: TypeInfo) => void = () => {},
  ) {
    this.sim = sim;
    this.enumerating = sim.plain('enumerating_types', false);
    for (const info of [objectType, interfaceType]) this.add(info, undefined);
    for (const info of [containerType, userCreatableType, singletonType]) this.register(info);
  }

  /** type_register_static, type_new, type_table_add: with the aborts upstream has. */
  register(info: TypeInfo): void {
    this.check(info);
    this.add(info, undefined);
  }

  /** A module: types that exist from when `object_new` or a look-up by name first asks for one of them. */
  registerModule(name: string, infos: readonly TypeInfo[]): void {
    const loaded = this.sim.plain(`module ${name} loaded`, false);
    for (const info of infos) {
      this.check(info);
      this.add(info, loaded);
    }
  }

  /**
   * During set-up: what select_machine comes to before there is a machine. It asks for the list of all types of machines, which
   * initializes every type that is registered (object_class_foreach), so that nobody uses one first later on, and nobody can tell from
   * a class that it is used. Types with hooks are used first as ever.
   */
  initializeAll(): void {
    const hooked = ({ info }: TypeImpl) =>
      info.classInit !== undefined || info.classBaseInit !== undefined;
    const types = [...this.types.values()];
    if (types.some(hooked)) return;
    for (const type of types) type.early = type.loaded === undefined;
  }

  /** Whether the type is registered, or would be once its module is loaded: a look-up that does not end the process. */
  has(name: string): boolean {
    return this.types.has(name);
  }

  /** The type and its ancestors, the type first. type_initialize asserts that the parents exist. */
  lineage(name: string): readonly TypeInfo[] {
    const { info } = this.get(name);
    const { parent } = info;
    if (parent === undefined) return [info];
    const known = this.types.has(parent);
    this.sim.assert(known, `type_get_parent: type "${name}" is missing its parent "${parent}"`);
    return [info, ...this.lineage(parent)];
  }

  /**
   * object_class_by_name, module_object_class_by_name: the class, or nothing if there is no such type. A module that has the type is
   * loaded, which adds to the table and aborts while types are enumerated.
   */
  *classByName(name: string): Routine<ObjectClass | undefined> {
    if (!this.types.has(name)) return undefined;
    return yield* this.initialize(name);
  }

  /** type_initialize: the class is built at the first use, the parent's before it. */
  *initialize(name: string): Routine<ObjectClass> {
    const type = this.get(name);
    if (type.loaded !== undefined) yield* this.load(type.loaded);
    else if (type.early) return (type.fixed ??= yield* this.classOf(type.info));
    const existing = yield* type.class.read();
    if (existing !== undefined) return existing;
    const made = yield* this.classOf(type.info);
    yield* type.class.write(made);
    yield* runClassHooks(made, type.info);
    return made;
  }

  /** The class that a type comes to, after the parent's: no step, if all that it is made of is there before the threads. */
  private *classOf(info: TypeInfo): Routine<ObjectClass> {
    const { name, parent } = info;
    const lineage = this.lineage(name);
    const above = parent === undefined ? undefined : yield* this.initialize(parent);
    const interfaces = yield* this.implementAll(info, above);
    const made: ObjectClass = { type: name, parent: above, lineage, interfaces };
    this.checkInterface(made);
    return made;
  }

  /**
   * object_class_foreach: the classes of all types that are registered, in an order that upstream leaves open (here: of registration).
   * No type may be added meanwhile.
   */
  *forEachClass(
    visit: (klass: ObjectClass) => Routine,
    {
      implementing = 'object',
      abstract = true,
    }: { implementing?: string; abstract?: boolean } = {},
  ): Routine {
    yield* this.enumerating.write(true);
    for (const [name, { info, loaded }] of this.types) {
      if (loaded !== undefined && !(yield* loaded.read())) continue;
      const klass = yield* this.initialize(name);
      if (!classIsA(klass, implementing) || (!abstract && info.abstract === true)) continue;
      yield* visit(klass);
    }
    yield* this.enumerating.write(false);
  }

  /** Interfaces that the parent has come first; then the type's own, except those it has already. */
  private *implementAll(
    info: TypeInfo,
    parent: ObjectClass | undefined,
  ): Routine<readonly InterfaceClass[]> {
    const made: InterfaceClass[] = [];
    for (const inherited of parent?.interfaces ?? []) {
      made.push(yield* this.implement(info.name, inherited.interfaceType, inherited));
    }
    for (const name of info.interfaces ?? []) {
      const known = this.types.has(name);
      this.sim.assert(known, `type_initialize: missing interface "${name}" for "${info.name}"`);
      if (made.some((each) => classIsA(each, name))) continue;
      made.push(yield* this.implement(info.name, name, yield* this.initialize(name)));
    }
    return made;
  }

  /** type_initialize_interface: a class of its own for each pair of a type and an interface. */
  private *implement(type: string, name: string, above: ObjectClass): Routine<InterfaceClass> {
    const info = { name: `${type}::${name}`, parent: above.type, abstract: true };
    const made: InterfaceClass = {
      type: info.name,
      parent: above,
      lineage: [info, ...above.lineage],
      interfaces: [],
      interfaceType: name,
      concreteClass: type,
    };
    yield* runClassHooks(made, info);
    return made;
  }

  /** An interface is abstract, and nothing of it is an instance. */
  private checkInterface({ type, lineage: [info, ...above] }: ObjectClass): void {
    if (info === undefined || !above.some(({ name }) => name === interfaceType.name)) return;
    const { fields, instanceInit, instancePostInit, instanceFinalize, interfaces = [] } = info;
    const parts = [fields, instanceInit, instancePostInit, instanceFinalize];
    const bare = parts.every((each) => each === undefined) && interfaces.length === 0;
    this.sim.assert(bare, `type_initialize: the interface "${type}" has something of an instance`);
  }

  /** Loading a module registers its types: type_table_add. */
  private *load(loaded: Plain<boolean>): Routine {
    if (yield* loaded.read()) return;
    const enumerating = yield* this.enumerating.read();
    this.sim.assert(!enumerating, 'type_table_add: a type is added while types are enumerated');
    yield* loaded.write(true);
  }

  private check({ name, parent }: TypeInfo): void {
    const { sim } = this;
    sim.assert(!this.types.has(name), `type_new: registering "${name}", which already exists`);
    const legal = /^[1-9A-Za-z][-\w.]*$/.test(name) || legacyName.test(name);
    sim.assert(legal, `type_register_internal: registering "${name}" with an illegal name`);
    sim.assert(parent !== undefined, `type_register_static: "${name}" has no parent`);
  }

  private add(info: TypeInfo, loaded: Plain<boolean> | undefined): void {
    const made = this.sim.plain<ObjectClass | undefined>(`class of ${info.name}`, undefined);
    this.types.set(info.name, { info, class: made, loaded, early: false });
    this.registered(info);
  }

  private get(name: string): TypeImpl {
    return this.types.get(name) ?? this.sim.fail(`object_new: unknown type "${name}"`);
  }
}

/** class_base_init of every ancestor, the nearest first, then the type's own class_init. */
function* runClassHooks(klass: ObjectClass, info: TypeInfo): Routine {
  for (const { classBaseInit } of klass.lineage.slice(1)) {
    if (classBaseInit !== undefined) yield* classBaseInit(klass);
  }
  if (info.classInit !== undefined) yield* info.classInit(klass);
}
