import type { Block, Plain } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';

/** What a device has beyond the object. Upstream: include/hw/qdev-core.h:struct DeviceState. */
export interface DeviceState {
  /** The re-entrancy guard: set while a callback of one of its regions runs. Protected by the big lock. */
  readonly engagedInIo: Plain<boolean>;
}

function deviceFields(block: Block): DeviceState {
  return { engagedInIo: block.plain('engaged_in_io', false) };
}

/** Upstream: hw/core/qdev.c:device_type_info. */
export const deviceType: TypeInfo<DeviceState> = {
  name: 'device',
  parent: 'object',
  abstract: true,
  fields: deviceFields,
};

/** DEVICE() */
export function deviceState(object: QomObject): DeviceState {
  return object.as(deviceType);
}
