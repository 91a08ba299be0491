export { busInitInPlace, busNew } from './bus.js';
export { walkBusChildren } from './bus-children.js';
export { type QdevDesign, upstreamQdev } from './design.js';
export { type DeviceOptions, qdevDeviceAdd, qmpDeviceAdd } from './device-add.js';
export { qmpDeviceDel } from './device-del.js';
export type { BusTypeInfo, DeviceTypeInfo, FallibleHook } from './device-type.js';
export { ejectPortType, guestEject, pendingEjects, resetEjectPort } from './eject-port.js';
export {
  type HotplugHandler,
  type HotplugHandlerTypeInfo,
  type MachineTypeInfo,
  setHotplugHandler,
} from './hotplug.js';
export { type MachineObjects, Qdev, type QdevEvent } from './qdev.js';
export { deviceSetRealized, qdevRealize, qdevUnrealize } from './realize.js';
export { busState, deviceState } from './state.js';
export { qdevUnplug, simpleUnplug, unplugNow } from './unplug.js';
