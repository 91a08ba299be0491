import type { Routine } from '../../src/index.js';
import { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';
import { classOf, deviceClass, type Failure } from './device-type.js';
import { busState, deviceState } from './state.js';

/** A hook of a hot-plug handler. It returns why it fails, if it does. */
export type HotplugHook = (handler: QomObject, device: QomObject) => Routine<QemuError | void>;

/**
 * What a handler does when a device comes and goes. A bus, a bridge or the machine is the handler of the devices on a bus.
 *
 * Upstream: include/hw/hotplug.h:struct HotplugHandlerClass.
 */
export interface HotplugHandler {
  /** Before the device is realized; may refuse. */
  readonly prePlug?: HotplugHook;
  /** The last thing before the device counts as realized. */
  readonly plug?: HotplugHook;
  /** If there is one, devices go when the guest lets them. */
  readonly unplugRequest?: HotplugHook;
  readonly unplug?: HotplugHook;
}

/** What is registered about a type whose instances can be handlers: inherited hook by hook. */
export interface HotplugHandlerTypeInfo<Fields = unknown> extends TypeInfo<Fields> {
  readonly hotplugHandler?: HotplugHandler;
}

/** What is registered about a type of machines. Upstream: include/hw/boards.h:struct MachineClass. */
export interface MachineTypeInfo<Fields = unknown> extends HotplugHandlerTypeInfo<Fields> {
  /** Whether the machine itself is the handler of a device. Upstream: MachineClass.get_hotplug_handler. */
  readonly handles?: (device: QomObject) => boolean;
  /** Sysbus devices that a user may add. Upstream: machine_class_allow_dynamic_sysbus_dev. */
  readonly dynamicSysbusDevices?: readonly string[];
}

/** Whether a handler has a hook. */
export function hasHook(handler: QomObject, hook: keyof HotplugHandler): boolean {
  return find(handler, hook) !== undefined;
}

/** Calls a hook of a handler, if there is a handler and it has the hook. Upstream: hw/core/hotplug.c:hotplug_handler_plug and so on. */
export function* callHandler(
  handler: QomObject | undefined,
  name: keyof HotplugHandler,
  device: QomObject,
): Routine<Failure> {
  if (handler === undefined) return undefined;
  const hook = find(handler, name);
  return hook === undefined ? undefined : ((yield* hook(handler, device)) ?? undefined);
}

function find(handler: QomObject, hook: keyof HotplugHandler): HotplugHook | undefined {
  for (const type of handler.lineage as readonly HotplugHandlerTypeInfo[]) {
    const found = type.hotplugHandler?.[hook];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Who is told when a device comes and goes: the machine, or the handler of its bus. Upstream: qdev_get_hotplug_handler. */
export function* hotplugHandlerOf(device: QomObject): Routine<QomObject | undefined> {
  const { qdev, parentBus } = deviceState(device);
  const { objects } = yield* qdev.start.read();
  const machine = objects && machineHotplugHandlerOf(objects.machine, device);
  if (machine !== undefined) return machine;
  const bus = yield* parentBus.read();
  return bus === undefined ? undefined : yield* busState(bus).hotplugHandler.read();
}

/** qdev_get_machine_hotplug_handler */
export function machineHotplugHandlerOf(
  machine: QomObject,
  device: QomObject,
): QomObject | undefined {
  const handles = classOf<MachineTypeInfo, 'handles'>(machine, 'handles');
  return handles?.(device) === true ? machine : undefined;
}

/** qbus_set_hotplug_handler; qbus_set_bus_hotplug_handler, of a bus that is its own. */
export function* setHotplugHandler(bus: QomObject, handler: QomObject): Routine {
  yield* busState(bus).hotplugHandler.write(handler);
}

/**
 * Whether a device may come or go while the machine runs.
 *
 * Upstream: hw/core/qdev-hotplug.c:qdev_hotplug_unplug_allowed_common. Left out: blockers, and what a machine has against it.
 */
export function* hotplugAllowed(
  machine: QomObject,
  device: QomObject,
  bus: QomObject | undefined,
): Routine<Failure> {
  if (deviceClass(device, 'hotpluggable') === false) return noHotplug('Device', device.klass.type);
  if (bus === undefined) {
    if (machineHotplugHandlerOf(machine, device) !== undefined) return undefined;
    return new QemuError(`Device '${device.klass.type}' can not be hotplugged on this machine`);
  }
  if ((yield* busState(bus).hotplugHandler.read()) !== undefined) return undefined;
  return noHotplug('Bus', (yield* busState(bus).place.read()).name);
}

/** QERR_DEVICE_NO_HOTPLUG, QERR_BUS_NO_HOTPLUG */
export function noHotplug(what: 'Device' | 'Bus', name: string): QemuError {
  return new QemuError(`${what} '${name}' does not support hotplugging`);
}
