import type { Block, Routine } from '../../src/index.js';
import { addChild } from './child.js';
import { unreference } from './lifetime.js';
import { type Place, QomObject } from './object.js';
import type { Qom } from './qom.js';
import type { ObjectClass } from './type-table.js';

/**
 * object_new: the class, the memory, then initialisation. An unknown or abstract type ends the process upstream.
 *
 * Upstream: qom/object.c:object_new_with_type.
 */
export function* objectNew(
  qom: Qom,
  typeName: string,
  name: string = typeName,
): Routine<QomObject> {
  const klass = yield* qom.types.initialize(typeName);
  assertConcrete(qom, klass);
  const block = yield* qom.sim.alloc(name);
  return yield* initialize(qom, klass, name, { block, heap: true });
}

/**
 * object_initialize: an object in memory that somebody else owns, with one reference, which is the caller's. Finalizing it gives no
 * memory back.
 *
 * @param memory - a part of the owner, made with `embed`; its name is what traces call the object
 */
export function* objectInitialize(qom: Qom, memory: Block, typeName: string): Routine<QomObject> {
  const klass = yield* qom.types.initialize(typeName);
  assertConcrete(qom, klass);
  return yield* initialize(qom, klass, memory.name, { block: memory, heap: false });
}

/**
 * object_initialize_child: an object in place that is a child of its owner, whose property holds the one reference.
 *
 * Upstream: qom/object.c:object_initialize_child_with_propsv, without properties.
 */
export function* initializeChild(
  parent: QomObject,
  property: string,
  memory: Block,
  typeName: string,
): Routine<QomObject> {
  const child = yield* objectInitialize(parent.qom, memory, typeName);
  yield* addChild(parent, property, child);
  yield* unreference(child);
  return child;
}

/** object_initialize_with_type: hooks from the root to the type, post-init as well since upstream commit 220c739903. */
function* initialize(qom: Qom, klass: ObjectClass, name: string, place: Place): Routine<QomObject> {
  const object = new QomObject(qom, name, place, klass);
  const rootFirst = [...klass.lineage].reverse();
  for (const type of rootFirst) {
    if (type.instanceInit !== undefined) yield* type.instanceInit(object);
  }
  for (const type of rootFirst) {
    if (type.instancePostInit !== undefined) yield* type.instancePostInit(object);
  }
  return object;
}

function assertConcrete({ sim }: Qom, { type, lineage }: ObjectClass): void {
  sim.assert(lineage[0]?.abstract !== true, `an instance of the abstract type "${type}"`);
}
