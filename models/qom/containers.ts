import type { Routine } from '../../src/index.js';
import { addChild } from './child.js';
import { unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { objectNew } from './object-new.js';
import { resolvePathComponent } from './path-component.js';
import type { Qom } from './qom.js';

/** What the root holds from the start; the last since 10.2. */
const rootContainers = ['chardevs', 'objects', 'backend', 'audiodevs'];

/** What the machine holds from the start. Upstream: system/vl.c:qemu_create_machine_containers. */
const machineContainers = ['unattached', 'peripheral', 'peripheral-anon'];

/**
 * object_get_root: the root of the composition tree, made with its containers by whoever asks first. Nothing but the big lock keeps
 * two threads from asking first at once.
 *
 * Upstream: qom/object.c:object_get_root, object_root_initialize.
 *
 * @param containers - what the root holds, if this is who asks first
 */
export function* objectGetRoot(
  qom: Qom,
  containers: readonly string[] = rootContainers,
): Routine<QomObject> {
  const existing = yield* qom.root.read();
  if (existing !== undefined) return existing;
  const root = yield* objectNew(qom, 'container', 'root');
  for (const name of containers) yield* addContainer(root, name);
  yield* qom.root.write(root);
  return root;
}

/** object_get_container: a container of the root, which has to exist. */
export function* objectGetContainer(qom: Qom, name: string): Routine<QomObject> {
  const root = yield* objectGetRoot(qom);
  return yield* containerIn(root, name, 'object_get_container');
}

/**
 * The part of qemu_create_machine that concerns the tree: the machine becomes `/machine`, with the containers of devices. The creation
 * reference stays with the global `current_machine`.
 *
 * Upstream: system/vl.c:qemu_create_machine.
 */
export function* createMachine(qom: Qom, typeName: string): Routine<QomObject> {
  const machine = yield* objectNew(qom, typeName, 'machine');
  yield* addChild(yield* objectGetRoot(qom), 'machine', machine);
  for (const name of machineContainers) yield* addContainer(machine, name);
  return machine;
}

/** qdev_get_machine: it asserts that `/machine` exists, and remembers it from then on. */
export function* qdevGetMachine(qom: Qom): Routine<QomObject> {
  const known = yield* qom.machine.read();
  if (known !== undefined) return known;
  const machine = yield* resolvePathComponent(yield* objectGetRoot(qom), 'machine');
  if (machine === undefined) return qom.sim.fail('qdev_get_machine: there is no machine yet');
  yield* qom.machine.write(machine);
  return machine;
}

/** machine_get_container: a container of the machine, which has to exist. */
export function* machineGetContainer(qom: Qom, name: string): Routine<QomObject> {
  const machine = yield* qdevGetMachine(qom);
  return yield* containerIn(machine, name, 'machine_get_container');
}

/** object_property_add_new_container: the property holds the only reference. */
export function* addContainer(parent: QomObject, name: string): Routine<QomObject> {
  const container = yield* objectNew(parent.qom, 'container', name);
  yield* addChild(parent, name, container);
  yield* unreference(container);
  return container;
}

function* containerIn(parent: QomObject, name: string, asked: string): Routine<QomObject> {
  const container = yield* resolvePathComponent(parent, name);
  const { sim } = parent.qom;
  if (container?.isA('container') !== true) return sim.fail(`${asked}: no container "${name}"`);
  return container;
}
