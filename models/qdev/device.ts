import type { Routine } from '../../src/index.js';
import { unparent } from '../qom/child.js';
import { unreference } from '../qom/lifetime.js';
import { linkProperty } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import type { Property } from '../qom/property.js';
import { valueProperty } from '../qom/property-access.js';
import { busRemoveChild } from './bus-children.js';
import { deviceClass } from './device-type.js';
import { deviceSetRealized, qdevUnrealize } from './realize.js';
import { busState, busType, deviceState } from './state.js';

/** device_initfn: a device that is made when the machine runs already is hot-plugged. Upstream: hw/core/qdev.c. */
export function* deviceInit(device: QomObject): Routine {
  const { qdev, hotplugged } = deviceState(device);
  const { phase } = yield* qdev.start.read();
  if (phase === 'machine ready') yield* hotplugged.write(true);
}

/**
 * What happens when a device is unparented: it is unrealized, its buses go with all that is on them, and it leaves its own bus.
 *
 * Upstream: hw/core/qdev.c:device_unparent.
 */
export function* deviceUnparent(device: QomObject): Routine {
  const { realized, childBuses, parentBus } = deviceState(device);
  device.qom.sim.log(`device_unparent ${device.name}`);
  if (yield* realized.read()) yield* qdevUnrealize(device);
  for (;;) {
    const [bus] = yield* childBuses.read();
    if (bus === undefined) break;
    yield* unparent(bus);
  }
  const bus = yield* parentBus.read();
  if (bus === undefined) return;
  yield* busRemoveChild(bus, device);
  yield* unreference(bus, device);
  yield* parentBus.write(undefined);
}

/**
 * The end of a device, in whichever thread drops the last reference: only now is it told. Its id was free before.
 *
 * Upstream: hw/core/qdev.c:device_finalize.
 */
export function* deviceFinalize(device: QomObject): Routine {
  const { qdev, pendingDeletedEvent, canonicalPath, id } = deviceState(device);
  if (!(yield* pendingDeletedEvent.read())) return;
  const path = yield* canonicalPath.read();
  if (path === undefined) {
    return device.qom.sim.fail('device_finalize: to be told, but never realized');
  }
  const name = yield* id.read();
  yield* qdev.emit({ event: 'DEVICE_DELETED', path, ...(name !== undefined && { device: name }) });
}

/** Upstream: hw/core/qdev.c:device_class_init. */
export const deviceProperties: readonly Property[] = [
  valueProperty({
    name: 'realized',
    type: 'bool',
    visit: (visitor, name, value) => visitor.bool(name, value),
    read: (device) => deviceState(device).realized.read(),
    write: deviceSetRealized,
  }),
  valueProperty({
    name: 'hotpluggable',
    type: 'bool',
    visit: (visitor, name, value) => visitor.bool(name, value),
    read: isHotpluggable,
  }),
  valueProperty({
    name: 'hotplugged',
    type: 'bool',
    visit: (visitor, name, value) => visitor.bool(name, value),
    read: isHotplugged,
  }),
  linkProperty('parent_bus', busType.name, (device) => deviceState(device).parentBus),
];

/** device_get_hotpluggable */
function* isHotpluggable(device: QomObject): Routine<boolean> {
  if (deviceClass(device, 'hotpluggable') === false) return false;
  const bus = yield* deviceState(device).parentBus.read();
  return bus === undefined || (yield* busState(bus).hotplugHandler.read()) !== undefined;
}

function* isHotplugged(device: QomObject): Routine<boolean> {
  return yield* deviceState(device).hotplugged.read();
}
