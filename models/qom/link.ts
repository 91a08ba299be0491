import type { Plain, Routine } from '../../src/index.js';
import { canonicalPath } from './canonical-path.js';
import { failed, invalidType, notFound, QemuError } from './error.js';
import { reference, unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { resolvePath } from './path.js';
import { addProperty, type Property, type PropertyAccessor } from './property.js';

/** The pointer that a link sets and shows: a part of the object that has the link. */
export type LinkTarget = Plain<QomObject | undefined>;

/** What the setter asks before it sets: object_property_allow_set_link, qdev_prop_allow_set_link_before_realize. */
export type LinkCheck = (
  object: QomObject,
  name: string,
  target: QomObject | undefined,
) => Routine<QemuError | undefined>;

/** What distinguishes a link from another. */
export interface LinkOptions {
  /** Whether it holds a reference on its target: OBJ_PROP_LINK_STRONG. */
  readonly strong?: boolean;
  /** Absent: the link is read-only. */
  readonly check?: LinkCheck;
}

/**
 * object_property_add_link. If the pointer is set already, a strong link takes no reference: it takes over the one that the caller has
 * taken.
 */
export function* addLink(
  object: QomObject,
  name: string,
  targetType: string,
  target: LinkTarget,
  options: LinkOptions = {},
): Routine<string> {
  return yield* addProperty(
    object,
    linkProperty(name, targetType, () => target, options),
  );
}

/**
 * object_class_property_add_link: a link that every instance of a class has. A strong one is released with the properties of the
 * class, when the object is finalized.
 *
 * @param targetIn - where an instance keeps the pointer
 */
export function linkProperty(
  name: string,
  targetType: string,
  targetIn: (object: QomObject) => LinkTarget,
  { strong = false, check }: LinkOptions = {},
): Property {
  return {
    name,
    type: `link<${targetType}>`,
    get: (object, visitor, visited) => getLink(targetIn(object), visitor, visited),
    ...(check === undefined ? {} : { set: setLink(name, targetType, targetIn, strong, check) }),
    *resolve(object) {
      return yield* targetIn(object).read();
    },
    ...(strong ? { release: (object: QomObject) => releaseLink(object, targetIn(object)) } : {}),
  };
}

/** object_property_add_const_link: leads to one object for ever, holds no reference, is read-only (OBJ_PROP_LINK_DIRECT). */
export function* addConstLink(object: QomObject, name: string, target: QomObject): Routine<string> {
  return yield* addProperty(object, {
    name,
    type: `link<${target.klass.type}>`,
    *get(_object, visitor, visited) {
      const result = visitor.str(visited, (yield* canonicalPath(target)) ?? '');
      return failed(result) ? result : undefined;
    },
    *resolve() {
      return target;
    },
  });
}

/** object_property_allow_set_link */
export function* allowAlways(): Routine<undefined> {
  return undefined;
}

/** object_get_link_property: the path of the target; nothing if there is none, or if it has left the tree. */
function* getLink(
  pointer: LinkTarget,
  visitor: Parameters<PropertyAccessor>[1],
  name: string | undefined,
): Routine<QemuError | undefined> {
  const target = yield* pointer.read();
  const path = target === undefined ? '' : ((yield* canonicalPath(target)) ?? '');
  const visited = visitor.str(name, path);
  return failed(visited) ? visited : undefined;
}

/** object_set_link_property: the pointer, then the reference on the new target, then the old one's. */
function setLink(
  name: string,
  targetType: string,
  targetIn: (object: QomObject) => LinkTarget,
  strong: boolean,
  check: LinkCheck,
): PropertyAccessor {
  return function* (object, visitor, visitedName) {
    const pointer = targetIn(object);
    const old = yield* pointer.read();
    const path = visitor.str(visitedName, '');
    if (failed(path)) return path;
    const target = path === '' ? undefined : yield* resolveLink(object, name, path, targetType);
    if (failed(target)) return target;
    const refused = yield* check(object, name, target);
    if (refused !== undefined) return refused;
    yield* pointer.write(target);
    if (!strong) return undefined;
    if (target !== undefined) yield* reference(target, object);
    object.qom.sim.log(`object_set_link_property ${object.name}: ${name}`);
    if (old !== undefined) yield* unreference(old, object);
    return undefined;
  };
}

/** object_resolve_link */
function* resolveLink(
  { qom }: QomObject,
  name: string,
  path: string,
  targetType: string,
): Routine<QomObject | QemuError> {
  const target = yield* resolvePath(qom, path, targetType);
  if (target === 'ambiguous') {
    return new QemuError(`Path '${path}' does not uniquely identify an object`);
  }
  if (target !== undefined) return target;
  const other = yield* resolvePath(qom, path);
  return other === undefined ? notFound('Device', path) : invalidType(name, targetType);
}

/** object_release_link_property: the pointer stays as it is. */
function* releaseLink(object: QomObject, pointer: LinkTarget): Routine {
  const target = yield* pointer.read();
  if (target !== undefined) yield* unreference(target, object);
}
