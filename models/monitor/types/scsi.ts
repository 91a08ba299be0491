import type { Block, Plain } from '../../../src/index.js';
import { pciBusMasterType, pciInitBusMaster } from '../../devices/bus-master.js';
import type { PciDeviceTypeInfo } from '../../devices/pci.js';
import { scsiBusType } from '../../devices/scsi.js';
import { virtioBusType } from '../../devices/virtio-rng.js';
import { allowBeforeRealize } from '../../qdev/allow-set-link.js';
import { busInitInPlace } from '../../qdev/bus.js';
import type { DeviceTypeInfo } from '../../qdev/device-type.js';
import { setHotplugHandler } from '../../qdev/hotplug.js';
import { qdevRealize } from '../../qdev/realize.js';
import { addAlias } from '../../qom/alias.js';
import { QemuError } from '../../qom/error.js';
import { type LinkTarget, linkProperty } from '../../qom/link.js';
import type { QomObject } from '../../qom/object.js';
import { initializeChild } from '../../qom/object-new.js';
import { valueProperty } from '../../qom/property-access.js';
import type { TypeInfo } from '../../qom/type-info.js';
import type { BlockNodes } from '../block-nodes.js';

interface VirtioScsi {
  readonly iothread: LinkTarget;
  readonly busPlace: Block;
}

/** Upstream: hw/scsi/virtio-scsi.c:virtio_scsi_device_realize. */
const virtioScsiType: DeviceTypeInfo<VirtioScsi> = {
  name: 'virtio-scsi-device',
  parent: 'device',
  busType: virtioBusType.name,
  fields: (block) => ({
    iothread: block.plain<QomObject | undefined>('iothread', undefined),
    busPlace: block.embed('scsi-bus'),
  }),
  classProperties: [
    linkProperty('iothread', 'iothread', (device) => device.as(virtioScsiType).iothread, {
      strong: true,
      check: allowBeforeRealize,
    }),
  ],
  *realize(device) {
    const { busPlace } = device.as(virtioScsiType);
    const bus = yield* busInitInPlace(device, busPlace, scsiBusType.name, 'scsi.0');
    yield* setHotplugHandler(bus, bus);
  },
};

interface VirtioScsiPci {
  readonly busPlace: Block;
  readonly backendPlace: Block;
  backend: QomObject | undefined;
}

/** Upstream: hw/virtio/virtio-scsi-pci.c. Its registers are left out. */
const virtioScsiPciType: PciDeviceTypeInfo<VirtioScsiPci> = {
  name: 'virtio-scsi-pci',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    busPlace: block.embed('virtio-bus'),
    backendPlace: block.embed('virtio-backend'),
    backend: undefined,
  }),
  *instanceInit(device) {
    const fields = device.as(virtioScsiPciType);
    const { backendPlace: place } = fields;
    fields.backend = yield* initializeChild(device, 'virtio-backend', place, virtioScsiType.name);
    yield* addAlias(device, 'iothread', fields.backend, 'iothread');
  },
  *realize(device) {
    yield* pciInitBusMaster(device);
    const { backend, busPlace } = device.as(virtioScsiPciType);
    if (backend === undefined) return device.qom.sim.fail('virtio_pci_realize: no backend');
    const bus = yield* busInitInPlace(device, busPlace, virtioBusType.name, 'virtio-bus');
    return yield* qdevRealize(backend, bus);
  },
};

interface ScsiHd {
  readonly drive: Plain<string>;
}

/**
 * A disk that uses a node of the block layer from when it is named until the disk is finalized: it is gone from the tree before the node
 * is free.
 *
 * Upstream: hw/scsi/scsi-disk.c; hw/core/qdev-properties-system.c:set_drive, release_drive.
 */
export function scsiHdType(nodes: BlockNodes): DeviceTypeInfo<ScsiHd> {
  const info: DeviceTypeInfo<ScsiHd> = {
    name: 'scsi-hd',
    parent: 'device',
    busType: scsiBusType.name,
    fields: (block) => ({ drive: block.plain('drive', '') }),
    classProperties: [
      {
        ...valueProperty({
          name: 'drive',
          type: 'str',
          visit: (visitor, name, value: string) => visitor.str(name, value),
          *read(disk) {
            return yield* disk.as(info).drive.read();
          },
          *write(disk, name) {
            if (!(yield* nodes.attach(name))) {
              return new QemuError(`Property 'scsi-hd.drive' can't find value '${name}'`);
            }
            yield* disk.as(info).drive.write(name);
            return undefined;
          },
        }),
        *release(disk) {
          const name = yield* disk.as(info).drive.read();
          if (name !== '') yield* nodes.detach(name);
        },
      },
    ],
    *realize(disk) {
      const drive = yield* disk.as(info).drive.read();
      return drive === '' ? new QemuError('drive property not set') : undefined;
    },
  };
  return info;
}

/** A SCSI controller on PCI, and what it is made of. */
export const virtioScsiTypes: readonly TypeInfo[] = [virtioScsiType, virtioScsiPciType];
