import type { Routine } from '../../src/index.js';
import { canonicalPath } from './canonical-path.js';
import { failed, type QemuError } from './error.js';
import { inherited } from './inherited.js';
import { reference, unreference } from './lifetime.js';
import type { QomObject } from './object.js';

import { type PropertyAccessor, removeProperty, tryAddProperty } from './property.js';

/**
 * Makes an object the child of another: the property, the reference, the parent pointer, in this order. A name that is taken is an
 * error, a child that has a parent an abort.
 *
 * Upstream: qom/object.c:object_property_try_add_child.
 */
export function* tryAddChild(
  parent: QomObject,
  name: string,
  child: QomObject,
): Routine<string | QemuError> {
  const before = yield* child.parent.read();
  child.qom.sim.assert(
    before === undefined,
    `object_property_try_add_child: ${child.name} already has a parent`,
  );
  const matters = inherited(child, 'releaseMatters');
  const added = yield* tryAddProperty(parent, {
    name,
    type: `child<${child.klass.type}>`,
    child,
    get: visitCanonicalPath(child),
    resolve: () => found(child),
    release: () => releaseChild(child, parent),
    ...(matters === undefined ? {} : { releaseMatters: () => matters(child) }),
  });
  if (failed(added)) return added;
  yield* reference(child, parent);
  yield* child.parent.write(parent);
  return added;
}

/** object_property_add_child: like object_property_try_add_child, but the error is an abort. */
export function* addChild(parent: QomObject, name: string, child: QomObject): Routine<string> {
  const added = yield* tryAddChild(parent, name, child);
  if (failed(added)) return child.qom.sim.fail(`object_property_try_add: ${added.desc}`);
  return added;
}

/**
 * object_unparent: nothing without a parent. The entry stays in the parent's table until the child is released, and is taken out in a
 * second walk, when the child may be gone.
 *
 * Upstream: qom/object.c:object_unparent, object_property_del_child.
 */
export function* unparent(child: QomObject): Routine {
  const { probes, sim } = child.qom;
  sim.log(`object_unparent ${child.name}`);
  if (probes.unparenting !== undefined) yield* probes.unparenting(child);
  const parent = yield* child.parent.read();
  if (parent === undefined) return;
  const entry = (yield* parent.properties.read()).find((each) => each.child === child);
  if (entry === undefined) return;
  yield* releaseChild(child, parent);
  yield* removeProperty(parent, entry.name);
}

/** object_finalize_child_property: the class's unparent hook while the parent is still there. */
function* releaseChild(child: QomObject, parent: QomObject): Routine {
  const hook = inherited(child, 'unparent');
  if (hook !== undefined) yield* hook(child);
  yield* child.parent.write(undefined);
  yield* unreference(child, parent);
}

/** object_get_child_property: the child as its path. */
function visitCanonicalPath(child: QomObject): PropertyAccessor {
  return function* (_object, visitor, name) {
    const visited = visitor.str(name, (yield* canonicalPath(child)) ?? '');
    return failed(visited) ? visited : undefined;
  };
}

/** object_resolve_child_property */
function* found(child: QomObject): Routine<QomObject> {
  return child;
}
