import type { Plain, Routine, Sim } from '../../src/index.js';
import { objectType, type TypeInfo } from './type-info.js';

/** A class, which exists from the first use of its type. Upstream: include/qom/object.h:ObjectClass. */
export interface ObjectClass {
  readonly type: string;
  readonly parent: ObjectClass | undefined;
  /** The type and its ancestors, the type first. */
  readonly lineage: readonly TypeInfo[];
}

interface TypeImpl {
  readonly info: TypeInfo;
  /** No lock: the big lock, or that there is one thread yet, protects it. */
  readonly class: Plain<ObjectClass | undefined>;
}

/**
 * The registered types. Registration happens before there are threads (upstream: in constructors), so it takes no step.
 *
 * Upstream: qom/object.c:type_register_static, type_initialize.
 */
export class TypeTable {
  private readonly sim: Sim;
  private readonly types = new Map<string, TypeImpl>();

  constructor(sim: Sim) {
    this.sim = sim;
    this.register(objectType);
  }

  /** type_register_static, type_new, type_table_add: with the aborts upstream has. */
  register(info: TypeInfo): void {
    const { name, parent } = info;
    this.sim.assert(!this.types.has(name), `registering "${name}", which already exists`);
    this.sim.assert(name === objectType.name || parent !== undefined, `"${name}" has no parent`);
    const made = this.sim.plain<ObjectClass | undefined>(`class of ${name}`, undefined);
    this.types.set(name, { info, class: made });
  }

  /** Whether the type is registered: a look-up that does not end the process. */
  has(name: string): boolean {
    return this.types.has(name);
  }

  /** The type and its ancestors, the type first. type_initialize asserts that the parents exist. */
  lineage(name: string): readonly TypeInfo[] {
    const { info } = this.get(name);
    return info.parent === undefined ? [info] : [info, ...this.lineage(info.parent)];
  }

  /** type_initialize: the class is built at the first use, the parent's before it. */
  *initialize(name: string): Routine<ObjectClass> {
    const type = this.get(name);
    const existing = yield* type.class.read();
    if (existing !== undefined) return existing;
    const { parent } = type.info;
    const made: ObjectClass = {
      type: name,
      parent: parent === undefined ? undefined : yield* this.initialize(parent),
      lineage: this.lineage(name),
    };
    yield* type.class.write(made);
    return made;
  }

  private get(name: string): TypeImpl {
    const type = this.types.get(name);
    return type ?? this.sim.fail(`unknown type "${name}"`);
  }
}
