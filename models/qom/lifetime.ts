import type { Routine } from '../../src/index.js';
import type { Holder } from './holders.js';
import type { QomObject } from './object.js';
import { deleteAllProperties } from './property.js';

/**
 * object_ref: atomic, and upstream does not assert that the object is alive, so that it can be resurrected in silence. The count of
 * the harness reports exactly that (`refcount`): the invariant that upstream relies on and does not check.
 *
 * @param holder - who will hold the reference, for messages; absent: the thread
 */
export function* reference(object: QomObject, holder?: Holder): Routine {
  yield* object.ref.get(label('object_ref', holder));
  object.holders.taken(object.qom.sim.self, holder);
}

/**
 * object_unref: the caller that drops the last reference finalizes, there and then, with whatever locks it holds.
 *
 * @param holder - who held the reference, for messages; absent: the thread
 */
export function* unreference(object: QomObject, holder?: Holder): Routine {
  const last = yield* object.ref.put(label('object_unref', holder));
  object.holders.dropped(object.qom.sim.self, holder);
  if (last) yield* finalize(object);
}

function label(what: string, holder: Holder | undefined): string {
  return holder === undefined ? what : `${what} for ${holder.name}`;
}

/** object_finalize: properties, instance_finalize, two assertions, memory. */
function* finalize(object: QomObject): Routine {
  const { sim, propertyDeletion } = object.qom;
  sim.log(`object_finalize ${object.name}`);
  if (propertyDeletion === 'before instance_finalize') yield* deleteAllProperties(object);
  yield* instanceFinalize(object);
  if (propertyDeletion === 'after instance_finalize') yield* deleteAllProperties(object);
  const count = yield* sim.step('object_finalize asserts that ref', () => object.ref.peek());
  sim.assert(count === 0, `object_finalize: ${object.name} was referenced meanwhile`);
  const parent = yield* object.parent.read();
  sim.assert(parent === undefined, `object_finalize: ${object.name} still has a parent`);
  yield* object.instance.retire();
  object.finalized = true;
  if (object.place.heap) yield* sim.free(object.block);
  else if (object.freeHook !== undefined) yield* object.freeHook();
}

/** object_deinit: from the type to its ancestors. */
function* instanceFinalize(object: QomObject): Routine {
  const singleton = object.qom.singletons.of(object.klass);
  for (const type of object.lineage) {
    if (type.name === singleton?.type) yield* singleton.design.dying(singleton, object);
    if (type.instanceFinalize !== undefined) yield* type.instanceFinalize(object);
  }
}
