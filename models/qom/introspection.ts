import type { Routine } from '../../src/index.js';
import { classIsA, classIsAbstract, classProperties } from './class.js';
import {
  deviceListPropertiesSite,
  type IntrospectionSite,
  qomListPropertiesSite,
} from './creation-sites.js';
import { failed, invalidValue, notFound, QemuError } from './error.js';
import type { QomObject } from './object.js';
import { resolvePath } from './path.js';
import type { Property } from './property.js';
import { getProperty, setProperty } from './property-access.js';
import type { Qom } from './qom.js';
import type { ObjectClass } from './type-table.js';
import type { QObject } from './visitors/qobject.js';
import { QObjectInput } from './visitors/qobject-input.js';
import { QObjectOutput } from './visitors/qobject-output.js';

/** What the commands say of a property. Upstream: qapi/qom.json:ObjectPropertyInfo. */
export interface PropertyInfo {
  readonly name: string;
  readonly type: string;
  readonly defaultValue?: unknown;
}

/** What device-list-properties leaves out: what every device has. */
const ofEveryDevice = new Set(['type', 'realized', 'hotpluggable', 'hotplugged', 'parent_bus']);

/**
 * qom-list-properties: those of a temporary object, or of the class if it is abstract. Making and dropping that object must change
 * nothing.
 *
 * Upstream: qom/qom-qmp-cmds.c:qmp_qom_list_properties.
 */
export function* qmpQomListProperties(
  qom: Qom,
  typeName: string,
): Routine<readonly PropertyInfo[] | QemuError> {
  const klass = yield* qom.types.classByName(typeName);
  if (klass === undefined) return notFound('Class', typeName);
  if (!classIsA(klass, 'object')) return invalidValue('typename', 'a QOM type');
  if (classIsAbstract(klass)) {
    return [...classProperties(klass)].filter((each) => each.ofInstances !== true).map(describe);
  }
  return yield* list(qom, klass, qomListPropertiesSite);
}

/**
 * device-list-properties: concrete devices only, without what every device has.
 *
 * Upstream: qom/qom-qmp-cmds.c:qmp_device_list_properties.
 */
export function* qmpDeviceListProperties(
  qom: Qom,
  typeName: string,
): Routine<readonly PropertyInfo[] | QemuError> {
  const klass = yield* qom.types.classByName(typeName);
  if (klass === undefined) return notFound('Device', typeName);
  if (!classIsA(klass, 'device') || classIsAbstract(klass)) {
    return invalidValue('typename', 'a non-abstract device type');
  }
  const listed = yield* list(qom, klass, deviceListPropertiesSite);
  if (failed(listed)) return listed;
  return listed.filter(({ name }) => !ofEveryDevice.has(name) && !name.startsWith('legacy-'));
}

/** qom-list. Upstream: qom/qom-qmp-cmds.c:qmp_qom_list. */
export function* qmpQomList(qom: Qom, path: string): Routine<readonly PropertyInfo[] | QemuError> {
  const object = yield* resolvePath(qom, path);
  if (object === 'ambiguous') return new QemuError(`Path '${path}' is ambiguous`);
  if (object === undefined) return notFound('Device', path);
  return (yield* allProperties(object)).map(({ name, type }) => ({ name, type }));
}

/** qom-get: a path that is ambiguous is not found. Upstream: qom/qom-qmp-cmds.c:qmp_qom_get. */
export function* qmpQomGet(qom: Qom, path: string, property: string): Routine<QObject | QemuError> {
  const object = yield* resolvePath(qom, path);
  if (typeof object !== 'object') return notFound('Device', path);
  const output = new QObjectOutput();
  return (yield* getProperty(object, property, output)) ?? output.result;
}

/** qom-set. Upstream: qom/qom-qmp-cmds.c:qmp_qom_set. */
export function* qmpQomSet(
  qom: Qom,
  path: string,
  property: string,
  value: QObject,
): Routine<QemuError | undefined> {
  const object = yield* resolvePath(qom, path);
  if (typeof object !== 'object') return notFound('Device', path);
  return yield* setProperty(object, property, new QObjectInput(value));
}

function* list(
  qom: Qom,
  klass: ObjectClass,
  site: IntrospectionSite,
): Routine<readonly PropertyInfo[] | QemuError> {
  const inspected = yield* site.inspect(qom, klass);
  if (failed(inspected)) return inspected;
  const properties =
    inspected === 'class' ? [...classProperties(klass)] : yield* allProperties(inspected.object);
  yield* site.giveBack(inspected);
  return properties.map(describe);
}

/** object_property_iter_init: the object's own, then those of its classes. */
function* allProperties(object: QomObject): Routine<readonly Property[]> {
  return [...(yield* object.properties.read()), ...classProperties(object.klass)];
}

function describe({ name, type, defaultValue }: Property): PropertyInfo {
  return { name, type, ...(defaultValue === undefined ? {} : { defaultValue }) };
}
