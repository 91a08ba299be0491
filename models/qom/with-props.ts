import type { Routine } from '../../src/index.js';
import { classIsAbstract } from './class.js';
import { newWithPropsSite } from './creation-sites.js';
import { failed, QemuError } from './error.js';
import { unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { settle } from './object-new.js';
import type { Qom } from './qom.js';

/**
 * object_new_with_props: unknown and abstract types are errors here. Returns a borrowed pointer: the parent's property holds the only
 * reference.
 */
export function* objectNewWithProps(
  qom: Qom,
  typeName: string,
  parent: QomObject,
  id: string,
  values: Readonly<Record<string, string>>,
): Routine<QomObject | QemuError> {
  const klass = yield* qom.types.classByName(typeName);
  if (klass === undefined) return new QemuError(`invalid object type: ${typeName}`);
  if (classIsAbstract(klass)) return new QemuError(`object type '${typeName}' is abstract`);
  const object = yield* newWithPropsSite.create(qom, klass, id);
  if (failed(object)) return object;
  const error = yield* settle(object, parent, id, values);
  yield* unreference(object);
  return error ?? object;
}
