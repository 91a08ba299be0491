import type { Routine } from '../../src/index.js';
import { canonicalPath } from '../qom/canonical-path.js';
import { addChild, unparent } from '../qom/child.js';
import { QemuError } from '../qom/error.js';
import { reference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { busAddChild, walkBusChildren } from './bus-children.js';
import { busClass, deviceClass, type Failure } from './device-type.js';
import { callHandler, hotplugHandlerOf, noHotplug } from './hotplug.js';
import { busState, deviceState } from './state.js';

/**
 * Puts a device on a bus and realizes it. If that fails it is on the bus all the same, until it is unparented.
 *
 * Upstream: hw/core/qdev.c:qdev_realize, qdev_set_parent_bus.
 *
 * @param bus - absent for a type of devices that are on none
 */
export function* qdevRealize(device: QomObject, bus?: QomObject): Routine<Failure> {
  const { sim } = device.qom;
  const { realized, parentBus } = deviceState(device);
  const fresh = !(yield* realized.read()) && (yield* parentBus.read()) === undefined;
  sim.assert(fresh, 'qdev_realize: the device is realized, or on a bus');
  const type = deviceClass(device, 'busType');
  if (bus === undefined) {
    sim.assert(type === undefined, `qdev_realize: ${device.klass.type} needs a bus`);
  } else {
    const fits = type !== undefined && bus.isA(type);
    sim.assert(fits, `qdev_set_parent_bus: ${device.klass.type} does not fit on ${bus.name}`);
    yield* parentBus.write(bus);
    yield* reference(bus, device);
    yield* busAddChild(bus, device);
  }
  return yield* deviceSetRealized(device, true);
}

/** Sets `realized` to false. Upstream: hw/core/qdev.c:qdev_unrealize. */
export function* qdevUnrealize(device: QomObject): Routine {
  const failure = yield* deviceSetRealized(device, false);
  device.qom.sim.assert(failure === undefined, () => `qdev_unrealize: ${failure?.desc ?? ''}`);
}

/**
 * What setting the property `realized` of a device does: nothing if it has that value.
 *
 * Upstream: hw/core/qdev.c:device_set_realized. Left out: listeners, vmstate, clocks, and the reset of what is hot-plugged.
 *
 * @returns why the device cannot be realized; what was done to this end is undone then
 */
export function* deviceSetRealized(device: QomObject, value: boolean): Routine<Failure> {
  const { hotplugged, realized } = deviceState(device);
  if ((yield* hotplugged.read()) && deviceClass(device, 'hotpluggable') === false) {
    return noHotplug('Device', device.klass.type);
  }
  if ((yield* realized.read()) === value) return undefined;
  device.qom.sim.log(`device_set_realized ${device.name} ${value}`);
  if (value) return yield* realize(device);
  yield* unrealize(device);
  return undefined;
}

function* realize(device: QomObject): Routine<Failure> {
  const attached = yield* attachUnattached(device);
  const { singletons } = device.qom;
  const failure = yield* singletons.activating(device, () => realizeAttached(device));
  if (failure !== undefined && attached) yield* detachUnattached(device);
  return failure;
}

/** A device without a parent becomes `/machine/unattached/device[n]`. Returns whether it did. */
function* attachUnattached(device: QomObject): Routine<boolean> {
  if ((yield* device.parent.read()) !== undefined) return false;
  const { qdev } = deviceState(device);
  const number = yield* qdev.unattachedCount.read();
  yield* qdev.unattachedCount.write(number + 1);
  yield* addChild((yield* qdev.machineObjects()).unattached, `device[${number}]`, device);
  return true;
}

/** Does not only take back what {@link attachUnattached} did: the device leaves its bus as well. */
function* detachUnattached(device: QomObject): Routine {
  const { design, unattachedCount } = deviceState(device).qdev;
  if (design.failedRealize === 'stays unattached') return;
  yield* unparent(device);
  yield* unattachedCount.write((yield* unattachedCount.read()) - 1);
}

/** From the first word of the handler to the store that says that the device is there. */
function* realizeAttached(device: QomObject): Routine<Failure> {
  const { canonicalPath: path, pendingDeletedEvent, realized } = deviceState(device);
  const handler = yield* hotplugHandlerOf(device);
  const refused = yield* callHandler(handler, 'prePlug', device);
  if (refused !== undefined) return refused;
  const failure = (yield* deviceClass(device, 'realize')?.(device) ?? nothing()) ?? undefined;
  if (failure !== undefined) return failure;
  yield* path.write(yield* canonicalPath(device));
  let late = yield* realizeChildBuses(device);
  if (late === undefined) {
    yield* pendingDeletedEvent.write(false);
    late = yield* callHandler(handler, 'plug', device);
  }
  if (late !== undefined) {
    yield* undoRealize(device);
    return late;
  }
  yield* realized.write(true);
  return undefined;
}

function* realizeChildBuses(device: QomObject): Routine<Failure> {
  for (const bus of yield* deviceState(device).childBuses.read()) {
    const failure = yield* busSetRealized(bus, true);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** The labels child_realize_fail and post_realize_fail: backwards what was done. */
function* undoRealize(device: QomObject): Routine {
  yield* unrealizeChildBuses(device);
  yield* deviceState(device).canonicalPath.write(undefined);
  yield* deviceClass(device, 'unrealize')?.(device) ?? nothing();
}

/** Who looks without the big lock sees that the device goes before anything of it does. */
function* unrealize(device: QomObject): Routine {
  const { qdev, realized, pendingDeletedEvent } = deviceState(device);
  const told = qdev.design.realizedFlag === 'release and acquire';
  if (told) yield* realized.write(false);
  yield* unrealizeChildBuses(device);
  yield* deviceClass(device, 'unrealize')?.(device) ?? nothing();
  yield* pendingDeletedEvent.write(true);
  if (!told) yield* realized.write(false);
  yield* device.qom.singletons.deactivate(device);
}

function* unrealizeChildBuses(device: QomObject): Routine {
  for (const bus of yield* deviceState(device).childBuses.read()) yield* busSetRealized(bus, false);
}

/**
 * What setting the property `realized` of a bus does: what is on the bus goes when the bus goes, in a read section, and does not come
 * when it comes.
 *
 * Upstream: hw/core/bus.c:bus_set_realized.
 */
export function* busSetRealized(bus: QomObject, value: boolean): Routine<Failure> {
  const { qdev, realized } = busState(bus);
  if ((yield* realized.read()) === value) return undefined;
  bus.qom.sim.log(`bus_set_realized ${bus.name} ${value}`);
  if (value) {
    const failure = yield* busClass(bus, 'realize')?.(bus) ?? nothing();
    if (failure instanceof QemuError) return failure;
  } else {
    if (qdev.design.busUnrealize !== 'alone') yield* walkBusChildren(bus, qdevUnrealize);
    yield* busClass(bus, 'unrealize')?.(bus) ?? nothing();
  }
  yield* realized.write(value);
  return undefined;
}

/** What a hook does that a class does not have. */
function* nothing(): Routine<undefined> {
  return undefined;
}
