import type { Routine } from '../../src/index.js';
import { addChild } from './child.js';
import { classIsA, classIsAbstract } from './class.js';
import { objectGetContainer } from './containers.js';
import { chardevAddSite, cpuModelQuerySite } from './creation-sites.js';
import { failed, invalidValue, QemuError } from './error.js';
import { unreference } from './lifetime.js';
import type { QomObject } from './object.js';
import type { Qom } from './qom.js';

/**
 * A character device, which is then in `/chardevs`. Returns a borrowed pointer. What it opens is left out.
 *
 * Upstream: chardev/char.c:char_get_class, chardev_new, qemu_chardev_new.
 */
export function* chardevNew(qom: Qom, type: string, id: string): Routine<QomObject | QemuError> {
  const klass = yield* qom.types.classByName(type);
  if (klass === undefined || !classIsA(klass, 'chardev')) {
    return new QemuError(`'${type}' is not a valid char driver name`);
  }
  if (classIsAbstract(klass)) return invalidValue('driver', 'a non-abstract device type');
  const chardev = yield* chardevAddSite.create(qom, klass, id);
  if (failed(chardev)) return chardev;
  yield* addChild(yield* objectGetContainer(qom, 'chardevs'), id, chardev);
  yield* unreference(chardev);
  return chardev;
}

/**
 * What a model of a CPU comes to: upstream makes a CPU that never runs, reads its properties and drops it.
 *
 * Upstream: hw/core/cpu-common.c:cpu_class_by_name, target/i386/cpu.c:qmp_query_cpu_model_expansion.
 *
 * @returns the names of the properties
 */
export function* queryCpuModelExpansion(
  qom: Qom,
  type: string,
): Routine<readonly string[] | QemuError> {
  const klass = yield* qom.types.classByName(type);
  if (klass === undefined || classIsAbstract(klass)) {
    return new QemuError(`The CPU definition '${type}' is unknown`);
  }
  const cpu = yield* cpuModelQuerySite.create(qom, klass, `temporary ${type}`);
  if (failed(cpu)) return cpu;
  const names = (yield* cpu.properties.read()).map(({ name }) => name);
  yield* unreference(cpu);
  return names;
}
