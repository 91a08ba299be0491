import type { Block, Routine } from '../../src/index.js';
import { addChild, unparent } from './child.js';
import { classIsAbstract, classProperties } from './class.js';
import type { QemuError } from './error.js';
import { failed } from './error.js';
import { inherited } from './inherited.js';
import { unreference } from './lifetime.js';
import { type Place, QomObject } from './object.js';
import { setProperties } from './property-access.js';
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
  const object = yield* tryObjectNew(qom, klass, name);
  if (failed(object)) return qom.sim.fail(`object_new: ${object.desc}`);
  return object;
}

/** What object_new would be with an error to return: no more than object_new, unless the design of singletons has reasons to refuse. */
export function* tryObjectNew(
  qom: Qom,
  klass: ObjectClass,
  name: string,
): Routine<QomObject | QemuError> {
  assertConcrete(qom, klass);
  const instead = yield* insteadOf(qom, klass);
  if (instead !== undefined) return instead;
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
  const instead = yield* insteadOf(qom, klass);
  qom.sim.assert(instead === undefined, `object_initialize: no second "${typeName}" in place`);
  return yield* initialize(qom, klass, memory.name, { block: memory, heap: false });
}

/**
 * object_initialize_child: an object in place that is a child of its owner, whose property holds the one reference. An error of
 * completing it is an abort.
 *
 * Upstream: qom/object.c:object_initialize_child_internal.
 */
export function* initializeChild(
  parent: QomObject,
  property: string,
  memory: Block,
  typeName: string,
): Routine<QomObject> {
  const child = yield* initializeChildWithProps(parent, property, memory, typeName, {});
  if (failed(child)) return parent.qom.sim.fail(`object_initialize_child: ${child.desc}`);
  return child;
}

/**
 * object_initialize_child_with_props: initialised, properties set, made a child, completed. It ends with one reference, the
 * property's, or with none after an error: finalized, not freed.
 */
export function* initializeChildWithProps(
  parent: QomObject,
  property: string,
  memory: Block,
  typeName: string,
  values: Readonly<Record<string, string>>,
): Routine<QomObject | QemuError> {
  const child = yield* objectInitialize(parent.qom, memory, typeName);
  const error = yield* settle(child, parent, property, values);
  yield* unreference(child);
  return error ?? child;
}

/** user_creatable_complete, if the object is one. */
export function* complete(object: QomObject): Routine<QemuError | undefined> {
  if (!object.isA('user-creatable')) return undefined;
  const hook = inherited(object, 'complete') ?? nothing;
  return yield* object.qom.singletons.activating(object, () => hook(object));
}

/** Properties, the place in the tree, completion; an object that cannot be completed leaves the tree. */
export function* settle(
  object: QomObject,
  parent: QomObject,
  id: string,
  values: Readonly<Record<string, string>>,
): Routine<QemuError | undefined> {
  const invalid = yield* setProperties(object, values);
  if (invalid !== undefined) return invalid;
  yield* addChild(parent, id, object);
  const incomplete = yield* complete(object);
  if (incomplete !== undefined) yield* unparent(object);
  return incomplete;
}

function* nothing(): Routine<undefined> {
  return undefined;
}

/**
 * object_initialize_with_type: the defaults of class properties, then hooks from the root to the type, post-init as well since
 * upstream commit 220c739903.
 */
function* initialize(qom: Qom, klass: ObjectClass, name: string, place: Place): Routine<QomObject> {
  const object = new QomObject(qom, name, place, klass);
  for (const { init } of classProperties(klass)) {
    if (init !== undefined) yield* init(object);
  }
  const rootFirst = [...klass.lineage].reverse();
  const singleton = qom.singletons.of(klass);
  for (const type of rootFirst) {
    if (type.instanceInit !== undefined) yield* type.instanceInit(object);
    if (type.name === singleton?.type) yield* singleton.design.born(singleton, object);
  }
  for (const type of rootFirst) {
    if (type.instancePostInit !== undefined) yield* type.instancePostInit(object);
  }
  if (singleton !== undefined) yield* singleton.design.made(singleton, object);
  return object;
}

/** What the design of singletons has object_new return instead of a new object. */
function* insteadOf(qom: Qom, klass: ObjectClass): Routine<QomObject | QemuError | undefined> {
  const singleton = qom.singletons.of(klass);
  return singleton === undefined ? undefined : yield* singleton.design.beforeNew(singleton, klass);
}

function assertConcrete({ sim }: Qom, klass: ObjectClass): void {
  const abstract = `an instance of the abstract type "${klass.type}"`;
  sim.assert(!classIsAbstract(klass), `object_initialize_with_type: ${abstract}`);
}
