import type { Plain, Routine } from '../../src/index.js';
import { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import type { Property } from '../qom/property.js';
import { valueProperty } from '../qom/property-access.js';
import {
  boolShape,
  enumShape,
  integerShape,
  type Shape,
  sizeShape,
  stringShape,
} from '../qom/visitors/shape.js';
import type { DeviceTypeInfo } from './device-type.js';
import { deviceState } from './state.js';

/** The value of a property of a device. */
export type QdevValue = boolean | number | string;

/** What a device has that the user may set until the device is realized. Upstream: include/hw/qdev-properties.h:struct Property. */
export interface QdevProperty {
  readonly name: string;
  /** As a property of that class. */
  readonly of: (typeName: string) => Property;
}

/** Makes a property of a kind. */
type Kind<T extends QdevValue> = (name: string, initial: T) => QdevProperty;

/**
 * Makes a kind of properties.
 *
 * @param type - as qom-list shows it
 * @param shown - whether introspection shows the initial value; that of a string is never shown
 */
function kind<T extends QdevValue>(type: string, shape: Shape<T>, shown = true): Kind<T> {
  return (name: string, initial: T): QdevProperty => ({
    name,
    of: (typeName: string) =>
      valueProperty<T>({
        name,
        type,
        visit: shape,
        *read(device) {
          const set = (yield* qdevValues(device, typeName).read())[name];
          return (set as T | undefined) ?? initial;
        },
        *write(device, value) {
          const refusal = yield* refusedAfterRealize(device, 'property', name);
          if (refusal !== undefined) return refusal;
          const values = qdevValues(device, typeName);
          yield* values.write({ ...(yield* values.read()), [name]: value });
          return undefined;
        },
        ...(shown && { defaultValue: initial }),
      }),
  });
}

/** DEFINE_PROP_BOOL, DEFINE_PROP_BIT */
export const qdevBool: Kind<boolean> = kind<boolean>('bool', boolShape);
/** DEFINE_PROP_UINT8 */
export const qdevUint8: Kind<number> = kind<number>('uint8', integerShape(8, false));
/** DEFINE_PROP_UINT32 */
export const qdevUint32: Kind<number> = kind<number>('uint32', integerShape(32, false));
/** DEFINE_PROP_SIZE32 */
export const qdevSize: Kind<number> = kind<number>('size', sizeShape);
/** DEFINE_PROP_ON_OFF_AUTO */
export const qdevOnOffAuto: Kind<'auto' | 'on' | 'off'> = kind<'auto' | 'on' | 'off'>(
  'OnOffAuto',
  enumShape(['auto', 'on', 'off']),
);
/** DEFINE_PROP_STRING: not set, it reads as empty. */
export const qdevString: Kind<string> = kind<string>('str', stringShape, false);

/** What a type with such properties has beyond its other fields. */
export interface QdevValues {
  /** The values that differ from the initial ones, by name: as one, because the big lock protects them. */
  readonly values: Plain<Readonly<Record<string, QdevValue>>>;
}

/**
 * A type with further properties. They are the class's, and all the values of an instance are one part of it: what has no such
 * properties is not slower for them.
 *
 * Upstream: hw/core/qdev.c:device_class_set_props.
 */
export function withProperties<Fields>(
  base: DeviceTypeInfo<Fields>,
  properties: readonly QdevProperty[],
): DeviceTypeInfo<Fields & QdevValues> {
  const { name, fields, classProperties = [] } = base;
  return {
    ...(base as DeviceTypeInfo<Fields & QdevValues>),
    fields: (block) => ({
      ...(fields?.(block) as Fields),
      values: block.plain<Readonly<Record<string, QdevValue>>>(`${name} properties`, {}),
    }),
    classProperties: [...classProperties, ...properties.map((each) => each.of(name))],
  };
}

/** Where an instance of a type keeps the values of its properties. */
export function qdevValues(device: QomObject, typeName: string): QdevValues['values'] {
  return device.as<QdevValues>({ name: typeName }).values;
}

/** qdev_prop_set_after_realize, qdev_prop_allow_set_link_before_realize: the error, if the device is realized. */
export function* refusedAfterRealize(
  device: QomObject,
  what: 'property' | 'link property',
  name: string,
): Routine<QemuError | undefined> {
  const { id, realized } = deviceState(device);
  if (!(yield* realized.read())) return undefined;
  const { type } = device.klass;
  const known = yield* id.read();
  const which = known === undefined ? 'anonymous device' : `device '${known}'`;
  return new QemuError(
    `Attempt to set ${what} '${name}' on ${which} (type '${type}') after it was realized`,
  );
}
