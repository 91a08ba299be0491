import type { Routine } from '../../src/index.js';
import { reference, unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { addProperty, removeProperty } from './property.js';
import type { TypeInfo } from './type-info.js';

/**
 * Makes an object the child of another: the property, the reference, the parent pointer, in this order. Upstream turns the errors
 * into an abort.
 *
 * Upstream: qom/object.c:object_property_add_child.
 */
export function* addChild(parent: QomObject, name: string, child: QomObject): Routine<string> {
  const before = yield* child.parent.read();
  child.qom.sim.assert(before === undefined, `${child.name} already has a parent`);
  const matters = inherited(child, 'releaseMatters');
  const taken = yield* addProperty(parent, {
    name,
    type: `child<${child.klass.type}>`,
    child,
    release: () => releaseChild(child),
    ...(matters === undefined ? {} : { releaseMatters: () => matters(child) }),
  });
  yield* reference(child);
  yield* child.parent.write(parent);
  return taken;
}

/**
 * object_unparent: nothing without a parent. The entry stays in the parent's table until the child is released, and is taken out in a
 * second walk, when the child may be gone.
 *
 * Upstream: qom/object.c:object_unparent, object_property_del_child.
 */
export function* unparent(child: QomObject): Routine {
  const parent = yield* child.parent.read();
  if (parent === undefined) return;
  const entry = (yield* parent.properties.read()).find((each) => each.child === child);
  if (entry === undefined) return;
  yield* releaseChild(child);
  yield* removeProperty(parent, entry.name);
}

/** object_finalize_child_property: the class's unparent hook while the parent is still there. */
function* releaseChild(child: QomObject): Routine {
  const hook = inherited(child, 'unparent');
  if (hook !== undefined) yield* hook(child);
  yield* child.parent.write(undefined);
  yield* unreference(child);
}

/** A hook of the nearest type that has one. */
function inherited<K extends 'unparent' | 'releaseMatters'>(
  { lineage }: QomObject,
  hook: K,
): TypeInfo[K] | undefined {
  return lineage.find((type) => type[hook] !== undefined)?.[hook];
}
