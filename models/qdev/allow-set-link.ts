import type { Routine } from '../../src/index.js';
import type { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import { refusedAfterRealize } from './properties.js';

/** A link of a device may be set until the device is realized. Upstream: qdev_prop_allow_set_link_before_realize. */
export function* allowBeforeRealize(
  device: QomObject,
  name: string,
): Routine<QemuError | undefined> {
  return yield* refusedAfterRealize(device, 'link property', name);
}
