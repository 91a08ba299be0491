import type { Routine } from '../../src/index.js';
import { failed, type QemuError } from './error.js';
import { unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import { tryObjectNew } from './object-new.js';
import type { Qom } from './qom.js';
import type { Inspected } from './singleton.js';
import type { ObjectClass } from './type-table.js';

/** A place that makes an object of a type that somebody names. */
export interface CreationSite {
  readonly name: string;
  /** Upstream's function. */
  readonly upstream: string;
  /** What becomes of a refusal: who asked is told, or the process ends, because the caller has no way to report it. */
  readonly refusal: 'error' | 'abort';
}

/** A site whose objects are there to stay. */
export class KeepingSite implements CreationSite {
  constructor(
    readonly name: string,
    readonly upstream: string,
    readonly refusal: 'error' | 'abort',
  ) {}

  /** An object with one reference, or the reason why there is none. The class is known to be concrete. */
  *create(qom: Qom, klass: ObjectClass, name: string = klass.type): Routine<QomObject | QemuError> {
    const singleton = qom.singletons.of(klass);
    const refused =
      singleton === undefined ? undefined : yield* singleton.design.allow(singleton, this);
    const result = refused ?? (yield* tryObjectNew(qom, klass, name));
    if (failed(result)) qom.sim.log(`${this.upstream}: ${result.desc}`);
    if (this.refusal === 'abort' && failed(result)) {
      return qom.sim.fail(`${this.upstream}: ${result.desc}`);
    }
    return result;
  }
}

/** A site that looks at an object and has no further use for it. */
export class IntrospectionSite implements CreationSite {
  readonly refusal = 'error';

  constructor(
    readonly name: string,
    readonly upstream: string,
  ) {}

  /** The object to look at, which the caller gives back; or the class alone. */
  *inspect(qom: Qom, klass: ObjectClass): Routine<Inspected | QemuError> {
    qom.sim.log(`${this.upstream} ${klass.type}`);
    const singleton = qom.singletons.of(klass);
    if (singleton !== undefined) return yield* singleton.design.inspect(singleton, klass, this);
    return yield* temporary(qom, klass);
  }

  *giveBack(inspected: Inspected): Routine {
    if (inspected !== 'class' && !inspected.lent) yield* unreference(inspected.object);
  }
}

/** The object that introspection makes upstream, and drops when it has looked. */
export function* temporary(qom: Qom, klass: ObjectClass): Routine<Inspected | QemuError> {
  const object = yield* tryObjectNew(qom, klass, `temporary ${klass.type}`);
  return failed(object) ? object : { object, lent: false };
}

/** `-chardev`, chardev-add */
export const chardevAddSite: KeepingSite = new KeepingSite(
  'chardev-add',
  'char_get_class',
  'error',
);

/** query-cpu-model-expansion: the CPU that the model describes. Its class is looked up by cpu_class_by_name. */
export const cpuModelQuerySite: KeepingSite = new KeepingSite(
  'query-cpu-model-expansion',
  'cpu_class_by_name',
  'error',
);

/** `-object`, object-add */
export const objectAddSite: KeepingSite = new KeepingSite(
  'object-add',
  'user_creatable_add_type',
  'error',
);

/** `-device`, device_add */
export const deviceAddSite: KeepingSite = new KeepingSite(
  'device_add',
  'qdev_get_device_class',
  'error',
);

/** object_new_with_props */
export const newWithPropsSite: KeepingSite = new KeepingSite(
  'object_new_with_props',
  'object_new_with_propv',
  'error',
);

/** Code that calls object_new with a type it knows, and does not expect an error: boards, parts of devices. */
export const internalSite: KeepingSite = new KeepingSite('internal', 'object_new', 'abort');

export const qomListPropertiesSite: IntrospectionSite = new IntrospectionSite(
  'qom-list-properties',
  'qmp_qom_list_properties',
);

export const deviceListPropertiesSite: IntrospectionSite = new IntrospectionSite(
  'device-list-properties',
  'qmp_device_list_properties',
);
