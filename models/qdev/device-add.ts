import type { Routine } from '../../src/index.js';
import { addChild, tryAddChild, unparent } from '../qom/child.js';
import { classIsA, classIsAbstract } from '../qom/class.js';
import { deviceAddSite } from '../qom/creation-sites.js';
import { failed, invalidValue, missing, QemuError } from '../qom/error.js';
import { unreference } from '../qom/lifetime.js';
import type { QomObject } from '../qom/object.js';
import { setProperties } from '../qom/property-access.js';
import type { ObjectClass } from '../qom/type-table.js';
import { classOf, deviceClass, type Failure } from './device-type.js';
import { busIsFull, findBus } from './find-bus.js';
import { hotplugAllowed, type MachineTypeInfo } from './hotplug.js';
import type { MachineObjects, Qdev } from './qdev.js';
import { qdevRealize } from './realize.js';
import { deviceState } from './state.js';

/** What is said of a device to add; what is not listed are properties of it, as text. */
export interface DeviceOptions {
  readonly driver?: string;
  /** The name of its bus; absent, any bus of the right type. */
  readonly bus?: string;
  readonly id?: string;
  readonly [property: string]: string | undefined;
}

/**
 * The command device_add. When it fails it waits until all that was removed meanwhile is really gone, and drops the big lock to wait.
 *
 * Upstream: system/qdev-monitor.c:qmp_device_add. Upstream commit 012b170173: no wait after a success.
 */
export function* qmpDeviceAdd(qdev: Qdev, options: DeviceOptions): Routine<Failure> {
  const { sim } = qdev.machine;
  sim.log(`qmp_device_add ${options.driver}`);
  const early = yield* qdev.commandAvailable('device_add');
  if (early !== undefined) return early;
  const device = yield* qdevDeviceAdd(qdev, options);
  if (failed(device)) {
    sim.log(`qmp_device_add: ${device.desc}: drain_call_rcu`);
    yield* qdev.machine.callRcu.drain();
    return device;
  }
  yield* unreference(device);
  return undefined;
}

/**
 * Makes a device as a user describes it, from the command line or from management. Returns it with a reference, which is the caller's.
 *
 * Upstream: system/qdev-monitor.c:qdev_device_add_from_qdict. Left out: hidden devices (failover), aliases of types, paths of buses.
 */
export function* qdevDeviceAdd(qdev: Qdev, options: DeviceOptions): Routine<QomObject | QemuError> {
  const { driver, bus: busName, id, ...properties } = options;
  if (driver === undefined) return missing('driver');
  const objects = yield* qdev.machineObjects();
  const klass = yield* findClass(qdev, objects, driver);
  if (failed(klass)) return klass;
  const bus = yield* chooseBus(objects.mainSystemBus, klass, busName);
  if (failed(bus)) return bus;
  if (yield* qdev.migrating()) return new QemuError('device_add not allowed while migrating');
  const device = yield* deviceAddSite.create(qdev.machine.qom, klass, id ?? driver);
  if (failed(device)) return device;
  const failure = yield* bringUp(device, { qdev, objects, bus, id, properties });
  if (failure === undefined) return device;
  yield* unparent(device);
  yield* unreference(device);
  return failure;
}

interface BringUp {
  readonly qdev: Qdev;
  readonly objects: MachineObjects;
  readonly bus: QomObject | undefined;
  readonly id: string | undefined;
  readonly properties: Readonly<Record<string, string | undefined>>;
}

function* bringUp(
  device: QomObject,
  { qdev, objects, bus, id, properties }: BringUp,
): Routine<Failure> {
  if ((yield* qdev.start.read()).phase === 'machine ready') {
    const refused = yield* hotplugAllowed(objects.machine, device, bus);
    if (refused !== undefined) return refused;
  }
  const taken = yield* setId(qdev, objects, device, id);
  if (taken !== undefined) return taken;
  const invalid = yield* setProperties(device, properties as Readonly<Record<string, string>>);
  return invalid ?? (yield* qdevRealize(device, bus));
}

/** qdev_get_device_class */
function* findClass(
  qdev: Qdev,
  objects: MachineObjects,
  driver: string,
): Routine<ObjectClass | QemuError> {
  const klass = yield* qdev.machine.qom.types.classByName(driver);
  if (klass === undefined || !classIsA(klass, 'device')) {
    return new QemuError(`'${driver}' is not a valid device model name`);
  }
  if (classIsAbstract(klass)) return invalidValue('driver', 'a non-abstract device type');
  const soldered = deviceClass(klass, 'hotpluggable') === false;
  const early = soldered && qdev.design.hotplugCheck === 'when it comes';
  const late = early && (yield* qdev.start.read()).phase === 'machine ready';
  if (late || deviceClass(klass, 'userCreatable') === false) {
    return invalidValue('driver', 'a pluggable device type');
  }
  const allowed = classOf<MachineTypeInfo, 'dynamicSysbusDevices'>(
    objects.machine,
    'dynamicSysbusDevices',
  );
  if (classIsA(klass, 'sys-bus-device') && allowed?.includes(driver) !== true) {
    return invalidValue('driver', 'a dynamic sysbus device type for the machine');
  }
  return klass;
}

/** The bus by its name, or one that fits. */
function* chooseBus(
  root: QomObject,
  klass: ObjectClass,
  name: string | undefined,
): Routine<QomObject | undefined | QemuError> {
  const type = deviceClass(klass, 'busType');
  if (name !== undefined) {
    const bus = yield* findBus(root, { name });
    if (bus === undefined) return new QemuError(`Bus '${name}' not found`);
    if (yield* busIsFull(bus)) return new QemuError(`Bus '${name}' is full`);
    if (type !== undefined && bus.isA(type)) return bus;
    return new QemuError(`Device '${klass.type}' can't go on ${bus.klass.type} bus`);
  }
  if (type === undefined) return undefined;
  const bus = yield* findBus(root, { type });
  if (bus !== undefined && !(yield* busIsFull(bus))) return bus;
  return new QemuError(`No '${type}' bus found for device '${klass.type}'`);
}

/** qdev_set_id: a place among the peripherals. The number of one without an id is used up, whatever becomes of it. */
function* setId(
  { anonCount }: Qdev,
  { peripheral, peripheralAnon }: MachineObjects,
  device: QomObject,
  id: string | undefined,
): Routine<Failure> {
  if (id === undefined) {
    const number = yield* anonCount.read();
    yield* anonCount.write(number + 1);
    yield* addChild(peripheralAnon, `device[${number}]`, device);
    return undefined;
  }
  if (failed(yield* tryAddChild(peripheral, id, device))) {
    return new QemuError(`Duplicate device ID '${id}'`);
  }
  yield* deviceState(device).id.write(id);
  return undefined;
}
