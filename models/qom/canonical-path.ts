import type { Routine } from '../../src/index.js';
import type { QomObject } from './object.js';

/**
 * object_get_canonical_path_component: the name by which the parent knows a child. There is none without a parent; a parent that does
 * not know its child is an abort.
 */
export function* pathComponent(child: QomObject): Routine<string | undefined> {
  const parent = yield* child.parent.read();
  return parent === undefined ? undefined : yield* componentIn(parent, child);
}

/** object_get_canonical_path: nothing for an object that is not attached to the root. */
export function* canonicalPath(object: QomObject): Routine<string | undefined> {
  const root = yield* object.qom.root.read();
  if (object === root) return '/';
  let path = '';
  for (let at = object; at !== root; ) {
    const parent = yield* at.parent.read();
    if (parent === undefined) return undefined;
    path = `/${yield* componentIn(parent, at)}${path}`;
    at = parent;
  }
  return path;
}

function* componentIn(parent: QomObject, child: QomObject): Routine<string> {
  const entry = (yield* parent.properties.read()).find((each) => each.child === child);
  if (entry !== undefined) return entry.name;
  const what = `${parent.name} has no entry for its child ${child.name}`;
  return child.qom.sim.fail(`object_get_canonical_path_component: ${what}`);
}
