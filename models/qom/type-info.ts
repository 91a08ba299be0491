import type { Block, Routine } from '../../src/index.js';
import type { QemuError } from './error.js';
import type { QomObject } from './object.js';
import type { Property } from './property.js';
import type { ObjectClass } from './type-table.js';

/**
 * What is registered about a type. `Fields` is what an instance has beyond the object itself.
 *
 * Upstream: include/qom/object.h:TypeInfo.
 */
export interface TypeInfo<Fields = unknown> {
  readonly name: string;
  /** Every type has one, except the roots `object` and `interface`. */
  readonly parent?: string;
  /** Abstract types have no instances. */
  readonly abstract?: boolean;
  /** The interfaces that the type implements, besides those it inherits. */
  readonly interfaces?: readonly string[];
  /** The properties that class_init adds to the class: every instance has them, and they are released with each instance. */
  readonly classProperties?: readonly Property[];
  /** Called for the class of every type that descends from this one, before that type's own class_init. */
  readonly classBaseInit?: (klass: ObjectClass) => Routine;
  readonly classInit?: (klass: ObjectClass) => Routine;
  /** Lays the instance out: makes the parts of its block. No step, like a struct declaration. */
  readonly fields?: (block: Block) => Fields;
  readonly instanceInit?: (object: QomObject) => Routine;
  readonly instancePostInit?: (object: QomObject) => Routine;
  readonly instanceFinalize?: (object: QomObject) => Routine;
  /** The class's `unparent` hook, inherited: called while the parent pointer is still set. */
  readonly unparent?: (object: QomObject) => Routine;
  /**
   * Whether dropping an instance from the composition tree has an effect that another release of the same parent could see, so
   * that their order matters. Inherited; absent: it has.
   */
  readonly releaseMatters?: (object: QomObject) => Routine<boolean>;
  /** UserCreatableClass: called when all properties are set and the object has its place in the tree. Inherited. */
  readonly complete?: (object: QomObject) => Routine<QemuError | undefined>;
  /** UserCreatableClass: whether object-del may go on. Inherited; absent: it may. */
  readonly canBeDeleted?: (object: QomObject) => Routine<boolean>;
}

/** The root of the tree of types. Upstream: qom/object.c:object_info. */
export const objectType: TypeInfo = {
  name: 'object',
  abstract: true,
  classProperties: [
    {
      name: 'type',
      type: 'string',
      *get(object, visitor, name) {
        const visited = visitor.str(name, object.klass.type);
        return typeof visited === 'string' ? undefined : visited;
      },
    },
  ],
};

/** The root of the tree of interfaces, which have no instances. Upstream: qom/object.c:interface_info. */
export const interfaceType: TypeInfo = { name: 'interface', abstract: true };

/** Objects that object-add makes. Upstream: qom/object_interfaces.c:uc_interface_info. */
export const userCreatableType: TypeInfo = {
  name: 'user-creatable',
  parent: 'interface',
  abstract: true,
};

/** A node of the composition tree that does nothing. Upstream: qom/container.c. */
export const containerType: TypeInfo = { name: 'container', parent: 'object' };

/** Types of which there is one instance at most, if the design of singletons says so. Upstream has no such type. */
export const singletonType: TypeInfo = { name: 'singleton', parent: 'interface', abstract: true };
