import type { Routine } from '../../src/index.js';
import { tryAddChild, unparent } from './child.js';
import { classIsA, classIsAbstract, findClassProperty } from './class.js';
import { objectGetContainer } from './containers.js';
import { objectAddSite } from './creation-sites.js';
import { failed, invalidValue, notAccepted, QemuError } from './error.js';
import { inherited } from './inherited.js';
import { unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { complete } from './object-new.js';
import { resolvePathComponent } from './path-component.js';
import { deleteProperty } from './property.js';
import { setProperty } from './property-access.js';
import type { Qom } from './qom.js';
import type { QDict } from './visitors/qobject.js';
import { QObjectInput } from './visitors/qobject-input.js';
import type { Visitor } from './visitors/visitor.js';

/** util/id.c:id_wellformed */
export function idWellformed(id: string): boolean {
  return /^[A-Za-z][-.\w]*$/.test(id);
}

/**
 * user_creatable_add_type: checks in upstream's order, then the object, its properties, its place in `/objects`, its completion. The
 * caller gets the creation reference; after an error the object is gone.
 *
 * @param names - the properties to set, which the visitor has values for
 */
export function* userCreatableAddType(
  qom: Qom,
  type: string,
  id: string,
  names: readonly string[],
  visitor: Visitor,
): Routine<QomObject | QemuError> {
  if (!idWellformed(id)) return invalidValue('id', 'an identifier');
  const klass = yield* qom.types.classByName(type);
  if (klass === undefined) return new QemuError(`invalid object type: ${type}`);
  if (!classIsA(klass, 'user-creatable')) {
    return new QemuError(`object type '${type}' isn't supported by object-add`);
  }
  if (classIsAbstract(klass)) return new QemuError(`object type '${type}' is abstract`);
  const object = yield* objectAddSite.create(qom, klass, id);
  if (failed(object)) return object;
  const error = yield* settle(object, id, names, visitor);
  if (error === undefined) return object;
  yield* unreference(object);
  return error;
}

/**
 * object-add. The schema is checked before the object model sees anything of the command: it has the concrete types that object-add
 * supports, and the properties of their classes.
 *
 * Upstream: qom/qom-qmp-cmds.c:qmp_object_add, user_creatable_add_qapi.
 */
export function* qmpObjectAdd(qom: Qom, options: QDict): Routine<QemuError | undefined> {
  const visitor = new QObjectInput(options);
  visitor.startStruct(undefined);
  const type = visitor.str('qom-type');
  if (failed(type)) return type;
  const klass = yield* qom.types.classByName(type);
  const known = klass !== undefined && classIsA(klass, 'user-creatable');
  if (!known || classIsAbstract(klass)) return notAccepted('qom-type', type);
  const id = visitor.str('id');
  if (failed(id)) return id;
  const names = Object.keys(options).filter((name) => name !== 'qom-type' && name !== 'id');
  for (const name of names) {
    if (findClassProperty(klass, name)?.set === undefined) {
      return new QemuError(`Parameter '${name}' is unexpected`);
    }
  }
  const object = yield* userCreatableAddType(qom, type, id, names, visitor);
  if (failed(object)) return object;
  yield* unreference(object);
  return undefined;
}

/**
 * object-del: only types with a hook refuse while they are in use.
 *
 * Upstream: qom/object_interfaces.c:user_creatable_del.
 */
export function* userCreatableDel(qom: Qom, id: string): Routine<QemuError | undefined> {
  const object = yield* resolvePathComponent(yield* objectGetContainer(qom, 'objects'), id);
  if (object === undefined) return new QemuError(`object '${id}' not found`);
  const hook = inherited(object, 'canBeDeleted');
  if (hook !== undefined && !(yield* hook(object))) {
    return new QemuError(`object '${id}' is in use, can not be deleted`);
  }
  yield* unparent(object);
  return undefined;
}

function* settle(
  object: QomObject,
  id: string,
  names: readonly string[],
  visitor: Visitor,
): Routine<QemuError | undefined> {
  for (const name of names) {
    const invalid = yield* setProperty(object, name, visitor);
    if (invalid !== undefined) return invalid;
  }
  const unexpected = visitor.checkStruct();
  if (unexpected !== undefined) return unexpected;
  const objects = yield* objectGetContainer(object.qom, 'objects');
  const added = yield* tryAddChild(objects, id, object);
  if (failed(added)) return added;
  const incomplete = yield* complete(object);
  if (incomplete !== undefined) yield* deleteProperty(objects, id);
  return incomplete;
}
