import type { Plain } from '../../../src/index.js';
import type { DimmTypes } from '../../devices/dimm.js';
import type { DeviceTypeInfo } from '../../qdev/device-type.js';
import type { HotplugHandler, MachineTypeInfo } from '../../qdev/hotplug.js';
import { QemuError } from '../../qom/error.js';
import type { QomObject } from '../../qom/object.js';
import { valueProperty } from '../../qom/property-access.js';
import type { TypeInfo } from '../../qom/type-info.js';

/** Upstream: hw/core/cpu-common.c:cpu_type_info, target/i386/cpu.c. What a CPU does is left out. */
export const cpuTypes: readonly DeviceTypeInfo[] = [
  { name: 'cpu', parent: 'device', abstract: true, userCreatable: false },
  { name: 'qemu64-x86_64-cpu', parent: 'cpu' },
];

/** A backend that says how large it is. Upstream: backends/hostmem.c:host_memory_backend_set_size. */
export function sizedBackendType(dimm: DimmTypes): TypeInfo<{ readonly size: Plain<number> }> {
  const { backend } = dimm;
  const info: TypeInfo<{ readonly size: Plain<number> }> = {
    ...backend,
    fields: (block) => ({ ...backend.fields?.(block), size: block.plain('size', 0) }),
    classProperties: [
      valueProperty({
        name: 'size',
        type: 'int',
        visit: (visitor, name, value: number) => visitor.size(name, value),
        *read(object) {
          return yield* object.as(info).size.read();
        },
        *write(object, size) {
          if (size === 0) {
            return new QemuError(`property 'size' of memory-backend-ram doesn't take value '0'`);
          }
          yield* object.as(info).size.write(size);
          return undefined;
        },
      }),
    ],
  };
  return info;
}

/**
 * The machine `pc`: it asks the guest before a module goes, which the guest never answers here, and keeps its first CPU.
 *
 * Upstream: hw/i386/pc.c:pc_machine_device_unplug_request_cb, hw/acpi/memory_hotplug.c:acpi_memory_unplug_request_cb.
 */
export function pcMachine(name: string, dimm: DimmTypes): MachineTypeInfo {
  const hooks: HotplugHandler = {
    ...dimm.machine.hotplugHandler,
    *plug(machine, device) {
      if (!isCpu(device)) yield* dimm.machine.hotplugHandler?.plug?.(machine, device) ?? nothing();
    },
    *unplugRequest(_machine, device) {
      return isCpu(device) ? new QemuError('Boot CPU is unpluggable') : undefined;
    },
  };
  return {
    name,
    parent: 'machine',
    handles: (device) => isCpu(device) || dimm.machine.handles?.(device) === true,
    hotplugHandler: hooks,
  };
}

function isCpu(device: QomObject): boolean {
  return device.isA('cpu');
}

function* nothing() {}
