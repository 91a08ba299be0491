import type { Routine } from '../../src/index.js';
import type { QomObject } from './object.js';

/** A property of one object. Upstream: include/qom/object.h:ObjectProperty. */
export interface Property {
  readonly name: string;
  /** As qom-list shows it: `child<nic>`, `link<bus>`, `string`. */
  readonly type: string;
  /** What ends with the property. */
  readonly release?: () => Routine;
  /** Whether another release could tell that this one came before it; absent: it could. */
  readonly releaseMatters?: () => Routine<boolean>;
  /** The object of a child property. */
  readonly child?: QomObject;
}

/**
 * object_property_add: an error of the name being taken is an abort here, as upstream. A name that ends in `[*]` gets the first index
 * that is free. Returns the name.
 *
 * Upstream: qom/object.c:object_property_try_add, object_property_add.
 */
export function* addProperty(object: QomObject, property: Property): Routine<string> {
  const properties = yield* object.properties.read();
  const taken = (name: string) => properties.some((each) => each.name === name);
  const name = freeName(property.name, taken);
  object.qom.sim.assert(!taken(name), `duplicate property "${name}" of ${object.name}`);
  yield* object.properties.write([...properties, { ...property, name }]);
  return name;
}

/** object_property_del: releases, then removes. */
export function* deleteProperty(object: QomObject, name: string): Routine {
  const properties = yield* object.properties.read();
  const property = properties.find((each) => each.name === name);
  if (property === undefined) {
    return object.qom.sim.fail(`${object.name} has no property "${name}"`);
  }
  if (property.release !== undefined) yield* property.release();
  yield* removeProperty(object, name);
}

/** Takes an entry out of the table: a walk of its own, since a release may have changed the table. */
export function* removeProperty(object: QomObject, name: string): Routine {
  const properties = yield* object.properties.read();
  yield* object.properties.write(properties.filter((each) => each.name !== name));
}

/**
 * object_property_del_all: releases every property, in an order that upstream leaves open (a hash table). Only releases whose order
 * can be told apart are permuted. The walk begins anew after each, because a release may change the table.
 */
export function* deleteAllProperties(object: QomObject): Routine {
  const { sim } = object.qom;
  const done = new Set<string>();
  for (;;) {
    const properties = yield* object.properties.read();
    const left = properties.filter((each) => each.release !== undefined && !done.has(each.name));
    if (left.length === 0) return;
    const next = (yield* withoutConsequence(left)) ?? (yield* anyOf(left));
    done.add(next.name);
    if (next.release !== undefined) yield* next.release();
  }

  function* anyOf(left: readonly Property[]): Routine<Property> {
    const at = left.length === 1 ? 0 : yield* sim.choose(left.length, 'which property next');
    return left[at] ?? sim.fail('no such property');
  }
}

/** The first release that no other can see: it comes first, so that orders are not explored for nothing. */
function* withoutConsequence(left: readonly Property[]): Routine<Property | undefined> {
  if (left.length === 1) return left[0];
  for (const property of left) {
    if (property.releaseMatters !== undefined && !(yield* property.releaseMatters())) {
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
