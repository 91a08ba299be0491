import type { Routine } from '../../src/index.js';
import { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import { deviceState } from './state.js';

/** A link of a device may be set until the device is realized. Upstream: qdev_prop_allow_set_link_before_realize. */
export function* allowBeforeRealize(
  device: QomObject,
  name: string,
): Routine<QemuError | undefined> {
  const { id, realized } = deviceState(device);
  if (!(yield* realized.read())) return undefined;
  const { type } = device.klass;
  const known = yield* id.read();
  const which = known === undefined ? 'anonymous device' : `device '${known}'`;
  return new QemuError(
    `Attempt to set link property '${name}' on ${which} (type '${type}') after it was realized`,
  );
}
