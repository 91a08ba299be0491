import type { Routine } from '../../src/index.js';
import { classProperties, findClassProperty } from './class.js';
import { failed, QemuError } from './error.js';
import type { QomObject } from './object.js';
import type { Name, Visitor } from './visitors/visitor.js';

/** Carries a property's value to or from a visitor. */
export type PropertyAccessor = (
  object: QomObject,
  visitor: Visitor,
  name: Name,
) => Routine<QemuError | undefined>;

/** A property of one object, or of all objects of a class. Upstream: include/qom/object.h:ObjectProperty. */
export interface Property {
  readonly name: string;
  /** As qom-list shows it: `child<nic>`, `link<bus>`, `string`. */
  readonly type: string;
  /** Absent: it is not readable. */
  readonly get?: PropertyAccessor;
  /** Absent: it is not writable. */
  readonly set?: PropertyAccessor;
  /** The object that the property leads to, when it is part of a path. */
  readonly resolve?: (object: QomObject) => Routine<QomObject | undefined>;
  /** Of a property of a class: gives each new instance its default. */
  readonly init?: (object: QomObject) => Routine;
  /** What introspection shows as the default. */
  readonly defaultValue?: unknown;
  /** What ends with the property. */
  readonly release?: (object: QomObject) => Routine;
  /** Whether another release could tell that this one came before it; absent: it could. */
  readonly releaseMatters?: (object: QomObject) => Routine<boolean>;
  /** The object of a child property. */
  readonly child?: QomObject;
  /** Whether upstream adds it to every instance, and not to the class: introspection of an abstract class does not show it. */
  readonly ofInstances?: boolean;
}

/**
 * object_property_try_add: a name that is taken, by the class or by the instance, is an error. A name that ends in `[*]` gets the first
 * index that is free. Returns the name.
 */
export function* tryAddProperty(
  object: QomObject,
  property: Property,
): Routine<string | QemuError> {
  const properties = yield* object.properties.read();
  const taken = (name: string) =>
    findClassProperty(object.klass, name) !== undefined ||
    properties.some((each) => each.name === name);
  const name = freeName(property.name, taken);
  if (taken(name)) {
    const to = `object (type '${object.klass.type}')`;
    return new QemuError(`attempt to add duplicate property '${name}' to ${to}`);
  }
  yield* object.properties.write([...properties, { ...property, name }]);
  return name;
}

/** object_property_add: like object_property_try_add, but the error is an abort. */
export function* addProperty(object: QomObject, property: Property): Routine<string> {
  const added = yield* tryAddProperty(object, property);
  if (failed(added)) return object.qom.sim.fail(`object_property_try_add: ${added.desc}`);
  return added;
}

/** object_property_find: of the class, then of the instance. */
export function* findProperty(object: QomObject, name: string): Routine<Property | undefined> {
  const properties = yield* object.properties.read();
  return (
    findClassProperty(object.klass, name) ?? properties.find((property) => property.name === name)
  );
}

/** object_property_del: releases, then removes. */
export function* deleteProperty(object: QomObject, name: string): Routine {
  const properties = yield* object.properties.read();
  const property = properties.find((each) => each.name === name);
  if (property === undefined) {
    return object.qom.sim.fail(`object_property_del: ${object.name} has no property "${name}"`);
  }
  if (property.release !== undefined) yield* property.release(object);
  yield* removeProperty(object, name);
}

/** Takes an entry out of the table: a walk of its own, since a release may have changed the table. */
export function* removeProperty(object: QomObject, name: string): Routine {
  const properties = yield* object.properties.read();
  yield* object.properties.write(properties.filter((each) => each.name !== name));
}

/**
 * object_property_del_all: releases every property once, those of the instance first, then those of each class. The order within one
 * table is left open upstream (a hash table); only releases whose order can be told apart are permuted. The walk begins anew after
 * each, because a release may change the table. At last the table itself goes: looking for a property in instance_finalize is a
 * `use-after-free`.
 */
export function* deleteAllProperties(object: QomObject): Routine {
  const { sim } = object.qom;
  const done = new Set<Property>();
  const open = (table: Iterable<Property>) =>
    [...table].filter((each) => each.release !== undefined && !done.has(each));
  for (;;) {
    const own = open(yield* object.properties.read());
    const left = own.length > 0 ? own : nearest(open(classProperties(object.klass)));
    if (left.length === 0) return yield* object.table.retire();
    const next = (yield* withoutConsequence(object, left)) ?? (yield* anyOf(left));
    done.add(next);
    sim.log(`object_property_del_all ${object.name}: ${next.name}`);
    if (next.release !== undefined) yield* next.release(object);
  }

  function* anyOf(left: readonly Property[]): Routine<Property> {
    const at = left.length === 1 ? 0 : yield* sim.choose(left.length, 'which property next');
    return left[at] ?? sim.fail('no such property');
  }

  /** Those of the nearest class that has any. */
  function nearest(left: readonly Property[]): readonly Property[] {
    for (const { classProperties: table = [] } of object.lineage) {
      const here = left.filter((each) => table.includes(each));
      if (here.length > 0) return here;
    }
    return [];
  }
}

/** The first release that no other can see: it comes first, so that orders are not explored for nothing. */
function* withoutConsequence(
  object: QomObject,
  left: readonly Property[],
): Routine<Property | undefined> {
  if (left.length === 1) return left[0];
  for (const property of left) {
    if (property.releaseMatters !== undefined && !(yield* property.releaseMatters(object))) {
      return property;
    }
  }
  return undefined;
}

function freeName(wanted: string, taken: (name: string) => boolean): string {
  if (!wanted.endsWith('[*]')) return wanted;
  const base = wanted.slice(0, -3);
  let index = 0;
  while (taken(`${base}[${index}]`)) index++;
  return `${base}[${index}]`;
}
