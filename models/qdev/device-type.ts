import type { Routine } from '../../src/index.js';
import type { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';

/** How something that can fail ended: why it failed, or nothing. Upstream: `Error **errp`. */
export type Failure = QemuError | undefined;

/** A hook that can fail: it returns why. */
export type FallibleHook = (object: QomObject) => Routine<QemuError | void>;

/**
 * What is registered about a type of devices. What is absent is inherited, as classes inherit upstream; a hook that wants its
 * parent's to run as well calls it.
 *
 * Upstream: include/hw/qdev-core.h:struct DeviceClass.
 */
export interface DeviceTypeInfo<Fields = unknown> extends TypeInfo<Fields> {
  readonly realize?: FallibleHook;
  readonly unrealize?: (device: QomObject) => Routine;
  /** Whether devices may come and go while the machine runs (default true). */
  readonly hotpluggable?: boolean;
  /** Whether a user may ask for one (default true). */
  readonly userCreatable?: boolean;
  /** The type of bus that devices of the type are on; absent: none. */
  readonly busType?: string;
}

/** What is registered about a type of buses. Upstream: include/hw/qdev-core.h:struct BusClass. */
export interface BusTypeInfo<Fields = unknown> extends TypeInfo<Fields> {
  readonly realize?: FallibleHook;
  readonly unrealize?: (bus: QomObject) => Routine;
  /** How many devices fit (as many as wanted, if absent). */
  readonly maxDevices?: number;
}

/** Anything that has a class: an object, or the class itself. */
export interface Classed {
  /** The type and its ancestors, the type first. */
  readonly lineage: readonly TypeInfo[];
}

/** What a class says about something: its own word, or that of the nearest ancestor that has one. */
export function classOf<Info extends TypeInfo, K extends keyof Info>(
  { lineage }: Classed,
  what: K,
): Info[K] | undefined {
  return (lineage as readonly Info[]).find((type) => type[what] !== undefined)?.[what];
}

/** DEVICE_GET_CLASS() */
export function deviceClass<K extends keyof DeviceTypeInfo>(
  classed: Classed,
  what: K,
): DeviceTypeInfo[K] | undefined {
  return classOf<DeviceTypeInfo, K>(classed, what);
}

/** BUS_GET_CLASS() */
export function busClass<K extends keyof BusTypeInfo>(
  classed: Classed,
  what: K,
): BusTypeInfo[K] | undefined {
  return classOf<BusTypeInfo, K>(classed, what);
}
