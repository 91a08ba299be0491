import type { Routine, Sim } from '../../src/index.js';
import { reference, unreference } from './lifetime.js';
import type { QomObject } from './object.js';

/**
 * Makes an object the child of another: the property, the reference, the parent pointer, in this order. Upstream turns the errors
 * into an abort.
 *
 * Upstream: qom/object.c:object_property_add_child.
 */
export function* addChild(sim: Sim, parent: QomObject, name: string, child: QomObject): Routine {
  const before = yield* child.parent.read();
  sim.assert(before === undefined, `${child.name} already has a parent`);
  const properties = yield* parent.properties.read();
  const clash = properties.some((property) => property.name === name);
  sim.assert(!clash, `duplicate property "${name}" of ${parent.name}`);
  const release = () => releaseChild(sim, child);
  yield* parent.properties.write([...properties, { name, release }]);
  yield* reference(child);
  yield* child.parent.write(parent);
}

/** object_finalize_child_property, without the class's unparent hook, which comes first upstream. */
function* releaseChild(sim: Sim, child: QomObject): Routine {
  yield* child.parent.write(undefined);
  yield* unreference(sim, child);
}
