import type { Routine } from '../../src/index.js';
import { notFound, QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import { resolvePath } from '../qom/path.js';
import { resolvePathComponent } from '../qom/path-component.js';
import type { Failure } from './device-type.js';
import type { Qdev } from './qdev.js';
import { deviceState, deviceType } from './state.js';
import { qdevUnplug } from './unplug.js';

/**
 * The command device_del, which returns when the device is gone from the tree, or when the guest was asked. That it is finalized is told
 * by an event, before or after.
 *
 * Upstream: system/qdev-monitor.c:qmp_device_del. Left out: that a request expires.
 *
 * @param id - an id, or a path
 */
export function* qmpDeviceDel(qdev: Qdev, id: string): Routine<Failure> {
  const early = yield* qdev.commandAvailable('device_del');
  if (early !== undefined) return early;
  const device = yield* findDevice(qdev, id);
  if (device instanceof QemuError) return device;
  if (yield* deviceState(device).pendingDeletedEvent.read()) {
    return new QemuError(`Device ${id} is already in the process of unplug`);
  }
  return yield* qdevUnplug(device);
}

/** find_device_state: by a path from the root, or from the peripherals. */
function* findDevice(qdev: Qdev, id: string): Routine<QomObject | QemuError> {
  const found = id.startsWith('/')
    ? yield* resolvePath(qdev.machine.qom, id)
    : yield* below((yield* qdev.machineObjects()).peripheral, id.split('/'));
  if (found === undefined || found === 'ambiguous') return notFound('Device', id);
  if (!found.isA(deviceType.name)) return new QemuError(`${id} is not a hotpluggable device`);
  return found;
}

function* below(from: QomObject, parts: readonly string[]): Routine<QomObject | undefined> {
  let at: QomObject | undefined = from;
  for (const part of parts) at = at && (yield* resolvePathComponent(at, part));
  return at;
}
