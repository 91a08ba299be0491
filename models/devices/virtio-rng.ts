import type { Block } from '../../src/index.js';
import { type RegionOps, regionInit } from '../memory/region.js';
import { allowBeforeRealize } from '../qdev/allow-set-link.js';
import { busInitInPlace } from '../qdev/bus.js';
import type { BusTypeInfo, DeviceTypeInfo } from '../qdev/device-type.js';
import { qdevRealize } from '../qdev/realize.js';
import { addAlias } from '../qom/alias.js';
import { QemuError } from '../qom/error.js';
import { type LinkTarget, linkProperty } from '../qom/link.js';
import type { QomObject } from '../qom/object.js';
import { initializeChild } from '../qom/object-new.js';
import type { TypeInfo } from '../qom/type-info.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';
import { registerOps } from './plain-region.js';

/** A source of random numbers that a user makes; object-del does not ask whether somebody uses it. Upstream: backends/rng-random.c. */
export const rngBackendType: TypeInfo = {
  name: 'rng-random',
  parent: 'object',
  interfaces: ['user-creatable'],
};

/** Upstream: hw/virtio/virtio-bus.c:virtio_bus_info. */
export const virtioBusType: BusTypeInfo = { name: 'virtio-bus', parent: 'bus', maxDevices: 1 };

/** The device proper, whatever it is attached by. It links strongly to its backend. Upstream: hw/virtio/virtio-rng.c. */
export const virtioRngType: DeviceTypeInfo<{ readonly rng: LinkTarget }> = {
  name: 'virtio-rng-device',
  parent: 'device',
  busType: virtioBusType.name,
  fields: (block) => ({ rng: block.plain<QomObject | undefined>('rng', undefined) }),
  classProperties: [
    linkProperty('rng', rngBackendType.name, (device) => device.as(virtioRngType).rng, {
      strong: true,
      check: allowBeforeRealize,
    }),
  ],
  *realize(device) {
    const rng = yield* device.as(virtioRngType).rng.read();
    return rng === undefined ? new QemuError("'rng' property is not set") : undefined;
  },
};

interface VirtioPci {
  readonly busPlace: Block;
  readonly backendPlace: Block;
  readonly barPlace: Block;
  readonly ops: RegionOps;
  backend: QomObject | undefined;
}

/**
 * The PCI side of it: bus and device are part of it. Its own properties are aliases of the device's.
 *
 * Upstream: hw/virtio/virtio-rng-pci.c, hw/virtio/virtio-pci.c:virtio_pci_realize.
 */
export const virtioRngPciType: PciDeviceTypeInfo<VirtioPci> = {
  name: 'virtio-rng-pci',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    busPlace: block.embed('virtio-bus'),
    backendPlace: block.embed('virtio-backend'),
    barPlace: block.embed('virtio-pci'),
    ops: registerOps(block, 'registers'),
    backend: undefined,
  }),
  *instanceInit(device) {
    // virtio_instance_init_common, qdev_alias_all_properties
    const fields = device.as(virtioRngPciType);
    const { backendPlace: place } = fields;
    fields.backend = yield* initializeChild(device, 'virtio-backend', place, virtioRngType.name);
    yield* addAlias(device, 'rng', fields.backend, 'rng');
  },
  *realize(device) {
    yield* pciInitBusMaster(device);
    const { backend, barPlace, busPlace, ops } = device.as(virtioRngPciType);
    if (backend === undefined) return device.qom.sim.fail('virtio_pci_realize: no backend');
    const bus = yield* busInitInPlace(device, busPlace, virtioBusType.name, 'virtio-bus');
    const failure = yield* qdevRealize(backend, bus);
    if (failure !== undefined) return failure;
    const space = yield* pciAddressSpace(device);
    const options = { name: 'virtio-pci', size: 0x10, owner: device, ops };
    const bar = yield* regionInit(space.memory, barPlace, options);
    yield* pciRegisterBar(device, bar, space);
    return undefined;
  },
};
