import type { Block, Routine } from '../../src/index.js';
import { addChild, unparent } from '../qom/child.js';
import { reference, unreference } from '../qom/lifetime.js';
import { allowAlways, linkProperty } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import { objectInitialize, objectNew } from '../qom/object-new.js';
import type { Property } from '../qom/property.js';
import { valueProperty } from '../qom/property-access.js';
import { firstBusChild } from './bus-children.js';
import { busSetRealized } from './realize.js';
import { busState, deviceState } from './state.js';

/**
 * A bus that is part of a device: in its memory, child of it, and by that held. It keeps nothing alive.
 *
 * Upstream: hw/core/bus.c:qbus_init.
 *
 * @param memory - a part of the device, made with `embed`
 */
export function* busInitInPlace(
  device: QomObject,
  memory: Block,
  typeName: string,
  name: string,
): Routine<QomObject> {
  const bus = yield* objectInitialize(device.qom, memory, typeName);
  yield* initBus(bus, device, name);
  return bus;
}

/** A bus of a device in memory of its own. Upstream: hw/core/bus.c:qbus_new. */
export function* busNew(device: QomObject, typeName: string, name: string): Routine<QomObject> {
  const bus = yield* objectNew(device.qom, typeName, `${device.name}.${name}`);
  yield* initBus(bus, device, name);
  return bus;
}

/** qbus_init_internal */
function* initBus(bus: QomObject, device: QomObject, name: string): Routine {
  const { childBuses, qdev } = deviceState(device);
  yield* busState(bus).place.write({ device, name });
  if (qdev.design.childBus === 'references its device') {
    yield* reference(device, bus);
    bus.freeHook = () => unreference(device, bus);
  }
  yield* childBuses.write([bus, ...(yield* childBuses.read())]);
  yield* addChild(device, name, bus);
  yield* unreference(bus);
}

/**
 * What happens when a bus is unparented: what is on it goes, then the device forgets it.
 *
 * Upstream: hw/core/bus.c:bus_unparent.
 */
export function* busUnparent(bus: QomObject): Routine {
  const state = busState(bus);
  const { device, name } = yield* state.place.read();
  if (device === undefined) {
    return bus.qom.sim.fail('bus_unparent: the main system bus has no parent and stays');
  }
  for (;;) {
    const child = yield* firstBusChild(bus);
    if (child === undefined) break;
    yield* unparent(child);
  }
  const { childBuses } = deviceState(device);
  yield* childBuses.write((yield* childBuses.read()).filter((each) => each !== bus));
  yield* state.place.write({ device: undefined, name });
}

/** Upstream: hw/core/bus.c:qbus_initfn, which adds them to each bus. */
export const busProperties: readonly Property[] = [
  {
    // The interface has no part in the model, so every object may be a handler.
    ...linkProperty('hotplug-handler', 'object', (bus) => busState(bus).hotplugHandler, {
      check: allowAlways,
    }),
    type: 'link<hotplug-handler>',
  },
  valueProperty({
    name: 'realized',
    type: 'bool',
    visit: (visitor, name, value) => visitor.bool(name, value),
    *read(bus: QomObject): Routine<boolean> {
      return yield* busState(bus).realized.read();
    },
    write: busSetRealized,
  }),
].map((property) => ({ ...property, ofInstances: true }));
