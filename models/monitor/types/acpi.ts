import type { Routine } from '../../../src/index.js';
import { pciDevice } from '../../devices/pci.js';
import type { RegionOps } from '../../memory/region.js';
import type { DeviceTypeInfo } from '../../qdev/device-type.js';
import { ejectPortType, guestEject, pendingEjects, plugIntoSlot } from '../../qdev/eject-port.js';
import type { HotplugHandlerTypeInfo } from '../../qdev/hotplug.js';
import type { QomObject } from '../../qom/object.js';

/** Where the guest finds the registers, and what each is. Upstream: hw/acpi/pcihp.c:ACPI_PCIHP_ADDR, PCI_DOWN_BASE and its like. */
export const acpiPciHotplug = {
  base: 0xae00,
  size: 0x14,
  down: 0x4,
  eject: 0x8,
  bus: 0x10,
} as const;

/** The controller of a `pc`: a device goes into the slot that the user names. Upstream: hw/acpi/pcihp.c:acpi_pcihp_device_plug_cb. */
export const acpiPortType: DeviceTypeInfo & HotplugHandlerTypeInfo = {
  name: 'acpi-pci-hotplug',
  parent: ejectPortType.name,
  hotplugHandler: {
    *plug(port, device) {
      const slot = yield* pciDevice(device).slot.read();
      yield* plugIntoSlot(port, device, slot < 0 ? undefined : slot);
    },
  },
};

/** The registers by which the guest learns what to eject, and does it. Upstream: hw/acpi/pcihp.c:pci_read, pci_write. */
export class AcpiPciHotplugOps implements RegionOps {
  constructor(private readonly port: () => QomObject) {}

  *read(offset: number): Routine<number> {
    if (offset !== acpiPciHotplug.down) return 0;
    return (yield* pendingEjects(this.port())).reduce((bits, slot) => bits + 2 ** slot, 0);
  }

  *write(offset: number, value: number): Routine {
    if (offset !== acpiPciHotplug.eject) return;
    for (let slot = 0; slot < 32; slot++) {
      if (Math.floor(value / 2 ** slot) % 2 === 1) yield* guestEject(this.port(), slot);
    }
  }
}
