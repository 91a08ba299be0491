import type { Block, Plain, Routine } from '../../src/index.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import type { MachineTypeInfo } from '../qdev/hotplug.js';
import type { Qdev } from '../qdev/qdev.js';
import { QemuError } from '../qom/error.js';
import type { QomObject } from '../qom/object.js';
import type { TypeInfo } from '../qom/type-info.js';
import { pciDeviceType } from './pci.js';

/** Upstream: hw/core/sysbus.c:sysbus_device_type_info. */
const sysBusDeviceType: DeviceTypeInfo = {
  name: 'sys-bus-device',
  parent: 'device',
  abstract: true,
  busType: 'System',
};

/** Upstream: hw/i386/x86-iommu.c:x86_iommu_info. */
const x86IommuType: DeviceTypeInfo = {
  name: 'x86-iommu',
  parent: sysBusDeviceType.name,
  abstract: true,
  hotpluggable: false,
};

/** Upstream: hw/virtio/virtio-iommu-pci.c, without virtio. */
const virtioIommuType: DeviceTypeInfo = {
  name: 'virtio-iommu-pci',
  parent: pciDeviceType.name,
  hotpluggable: false,
};

/** Every IOMMU that a PC may have, and the types that they descend from, except that of PCI devices. */
export const x86IommuTypes: readonly TypeInfo[] = [
  sysBusDeviceType,
  x86IommuType,
  { name: 'intel-iommu', parent: x86IommuType.name },
  { name: 'amd-iommu', parent: x86IommuType.name },
  virtioIommuType,
];

interface PcMachine {
  /** The IOMMU: holds no reference, and is never reset. */
  readonly iommu: Plain<QomObject | undefined>;
}

function pcFields(block: Block): PcMachine {
  return { iommu: block.plain<QomObject | undefined>('iommu', undefined) };
}

/**
 * A PC, which has at most one IOMMU. Its guard is a pointer that is set before the device is realized, so that a device that fails to
 * be realized leaves it dangling, and no other is let in.
 *
 * Upstream: hw/i386/pc.c:pc_machine_device_pre_plug_cb (commit 1b3bf13890).
 */
export const pcMachineType: MachineTypeInfo<PcMachine> = {
  name: 'pc-q35',
  parent: 'machine',
  fields: pcFields,
  handles: isIommu,
  dynamicSysbusDevices: ['intel-iommu', 'amd-iommu'],
  hotplugHandler: {
    *prePlug(machine, device) {
      const { iommu } = machine.as(pcMachineType);
      if ((yield* iommu.read()) !== undefined) {
        return new QemuError('QEMU does not support multiple vIOMMUs for x86 yet.');
      }
      yield* iommu.write(device);
      return undefined;
    },
  },
};

function isIommu(device: QomObject): boolean {
  return device.isA(x86IommuType.name) || device.isA(virtioIommuType.name);
}

/** The IOMMU of the machine, for whoever sets up interrupts or tables. Upstream: hw/i386/x86-iommu.c:x86_iommu_get_default. */
export function* x86IommuGetDefault(qdev: Qdev): Routine<QomObject | undefined> {
  const { machine } = yield* qdev.machineObjects();
  return yield* machine.as(pcMachineType).iommu.read();
}
