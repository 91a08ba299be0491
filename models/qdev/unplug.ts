import type { Routine } from '../../src/index.js';
import { unparent } from '../qom/child.js';
import { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import type { Failure } from './device-type.js';
import { callHandler, hasHook, hotplugAllowed, machineHotplugHandlerOf } from './hotplug.js';
import { qdevUnrealize } from './realize.js';
import { busState, deviceState } from './state.js';

/**
 * Takes a device out: at once, or, where the guest has a say, by asking it.
 *
 * Upstream: system/qdev-monitor.c:qdev_unplug.
 */
export function* qdevUnplug(device: QomObject): Routine<Failure> {
  const { qdev, parentBus } = deviceState(device);
  const { machine } = yield* qdev.machineObjects();
  const bus = yield* parentBus.read();
  if (bus !== undefined || qdev.design.hotplugCheck === 'the same for both') {
    const refused = yield* hotplugAllowed(machine, device, bus);
    if (refused !== undefined) return refused;
  }
  if (yield* qdev.migrating()) return new QemuError('device_del not allowed while migrating');
  const handler =
    machineHotplugHandlerOf(machine, device) ??
    (bus && (yield* busState(bus).hotplugHandler.read()));
  if (handler === undefined) return device.qom.sim.fail('qdev_unplug: no hot-plug handler');
  if (hasHook(handler, 'unplugRequest')) {
    return yield* callHandler(handler, 'unplugRequest', device);
  }
  return yield* unplugNow(handler, device);
}

/** hotplug_handler_unplug and what always follows it. */
export function* unplugNow(handler: QomObject, device: QomObject): Routine<Failure> {
  const failure = yield* callHandler(handler, 'unplug', device);
  if (failure === undefined) yield* unparent(device);
  return failure;
}

/** The whole of unplugging for most handlers. Upstream: hw/core/qdev-hotplug.c:qdev_simple_device_unplug_cb. */
export function* simpleUnplug(_handler: QomObject, device: QomObject): Routine {
  yield* qdevUnrealize(device);
}
