import { type PciDevice, pciDevice, pciDeviceType } from '../../devices/pci.js';
import type { DeviceTypeInfo } from '../../qdev/device-type.js';
import {
  qdevBool,
  qdevSize,
  qdevString,
  qdevUint32,
  withProperties,
} from '../../qdev/properties.js';
import type { Property } from '../../qom/property.js';
import { valueProperty } from '../../qom/property-access.js';
import type { QemuVersion } from '../version.js';

/** Since when there is something. */
export function since<T>(
  from: QemuVersion,
  version: QemuVersion,
  what: readonly T[],
): readonly T[] {
  const order: readonly QemuVersion[] = ['7.2', '10.0', '10.2'];
  return order.indexOf(version) < order.indexOf(from) ? [] : what;
}

/** What every PCI device can be told, with the slot. The option ROM and capabilities that it is about are left out. */
function propertiesOf(version: QemuVersion) {
  return [
    qdevString('failover_pair_id', ''),
    qdevString('romfile', ''),
    qdevUint32('romsize', 0xffff_ffff),
    qdevUint32('rombar', 1),
    qdevUint32('acpi-index', 0),
    qdevBool('multifunction', false),
    qdevBool('x-pcie-lnksta-dllla', true),
    qdevBool('x-pcie-extcap-init', true),
    ...since('10.0', version, [
      qdevBool('x-pcie-err-unc-mask', true),
      qdevBool('x-pcie-ari-nextfn-1', false),
      qdevBool('x-pcie-ext-tag', true),
    ]),
    ...since('10.0', version, [qdevSize('x-max-bounce-buffer-size', 4096)]),
    ...since('10.2', version, [qdevString('sriov-pf', '')]),
  ];
}

/** print_pci_devfn: the slot as people read it. */
const legacyAddress: Property = valueProperty({
  name: 'legacy-addr',
  type: 'str',
  visit: (visitor, name, value: string) => visitor.str(name, value),
  *read(device) {
    const slot = yield* pciDevice(device).slot.read();
    return slot < 0 ? '<unset>' : `${slot.toString(16).padStart(2, '0')}.0`;
  },
});

/** prop_pci_busnr_get: 0 is the root, and what firmware has not numbered yet. No firmware runs here. */
const busNumber: Property = valueProperty({
  name: 'busnr',
  type: 'busnr',
  visit: (visitor, name, value: number) => visitor.uint64(name, value),
  *read() {
    return 0;
  },
});

/** PCI devices as a release has them. Upstream: hw/pci/pci.c:pci_props. */
export function pciDeviceOf(version: QemuVersion): DeviceTypeInfo<PciDevice> {
  const type = withProperties(pciDeviceType, propertiesOf(version));
  return {
    ...type,
    classProperties: [
      ...(type.classProperties ?? []),
      legacyAddress,
      ...since('10.0', version, [busNumber]),
    ],
  };
}
