import type { Routine } from '../../src/index.js';
import { failed, QemuError } from './error.js';
import type { QomObject } from './object.js';
import { findProperty, type Property, type PropertyAccessor } from './property.js';
import { StringInput } from './visitors/string-input.js';
import type { Visited, Visitor } from './visitors/visitor.js';

/** object_property_get */
export function getProperty(
  object: QomObject,
  name: string,
  visitor: Visitor,
): Routine<QemuError | undefined> {
  return accessProperty('get', object, name, visitor);
}

/** object_property_set */
export function setProperty(
  object: QomObject,
  name: string,
  visitor: Visitor,
): Routine<QemuError | undefined> {
  return accessProperty('set', object, name, visitor);
}

const refusals = { get: 'is not readable', set: 'is not writable' };

function* accessProperty(
  accessor: 'get' | 'set',
  object: QomObject,
  name: string,
  visitor: Visitor,
): Routine<QemuError | undefined> {
  const property = yield* findProperty(object, name);
  if (property === undefined) return complaint(object, name, 'not found');
  const access = property[accessor];
  if (access === undefined) return complaint(object, name, refusals[accessor]);
  return yield* access(object, visitor, name);
}

/** object_property_parse: the value as text. */
export function* parseProperty(
  object: QomObject,
  name: string,
  value: string,
): Routine<QemuError | undefined> {
  return yield* setProperty(object, name, new StringInput(value));
}

/** object_set_propv: properties in order, as text, up to the first that fails. */
export function* setProperties(
  object: QomObject,
  values: Readonly<Record<string, string>>,
): Routine<QemuError | undefined> {
  for (const [name, value] of Object.entries(values)) {
    const error = yield* parseProperty(object, name, value);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** How a property comes by its value, and what it does with one. */
export interface ValueAccess<T> {
  readonly name: string;
  /** As qom-list shows it. */
  readonly type: string;
  /** Carries the value to or from a visitor: one of its methods, or a shape. */
  readonly visit: (visitor: Visitor, name: string | undefined, value: T) => Visited<T>;
  readonly read: (object: QomObject) => Routine<T>;
  /** Absent: it is not writable. */
  readonly write?: (object: QomObject, value: T) => Routine<QemuError | undefined | void>;
  readonly defaultValue?: T;
}

/** A property that is a value: what object_property_add_bool, object_property_add_str and their like make of two functions. */
export function valueProperty<T>(access: ValueAccess<T>): Property {
  const { name, type, defaultValue, write } = access;
  return {
    name,
    type,
    get: getter(access),
    ...(write === undefined ? {} : { set: setter(access, write) }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

function getter<T>({ visit, read }: ValueAccess<T>): PropertyAccessor {
  return function* (object, visitor, name) {
    const visited = visit(visitor, name, yield* read(object));
    return failed(visited) ? visited : undefined;
  };
}

function setter<T>(
  { visit }: ValueAccess<T>,
  write: NonNullable<ValueAccess<T>['write']>,
): PropertyAccessor {
  return function* (object, visitor, name) {
    // An input visitor does not look at the value that it is given.
    const visited = visit(visitor, name, undefined as T);
    if (failed(visited)) return visited;
    return (yield* write(object, visited)) ?? undefined;
  };
}

function complaint(object: QomObject, name: string, what: string): QemuError {
  return new QemuError(`Property '${object.klass.type}.${name}' ${what}`);
}
