import type { QemuVersion } from '../../../../models/index.js';
import { type Exchange, fails, notFound, ok, type PerVersion, type Step } from '../exchange.js';

const properties = (typename: string, reply: PerVersion): Step => ({
  send: 'qom-list-properties',
  args: { typename },
  reply,
});

const deviceProperties = (typename: string, reply: PerVersion): Step => ({
  send: 'device-list-properties',
  args: { typename },
  reply,
});

const add = (driver: string, reply: Extract<Step, { send: string }>['reply']): Step => ({
  send: 'device_add',
  args: { driver, id: 'x' },
  reply,
});

const ofEveryDevice = [
  'type: string',
  'parent_bus: link<bus>',
  'realized: bool',
  'hotplugged: bool',
  'hotpluggable: bool',
];

const pci = [
  'failover_pair_id: str',
  'romfile: str',
  'addr: int32',
  'romsize: uint32',
  'x-pcie-lnksta-dllla: bool',
  'rombar: uint32',
  'x-pcie-extcap-init: bool',
  'acpi-index: uint32',
  'multifunction: bool',
];

const x86Iommu = ['pt: bool', 'device-iotlb: bool', 'intremap: OnOffAuto'];
const dmaTranslation = 'dma-translation: bool';

const intelIommu = [
  ...x86Iommu,
  'x-scalable-mode: bool',
  dmaTranslation,
  'caching-mode: bool',
  'aw-bits: uint8',
  'eim: OnOffAuto',
  'version: uint32',
  'x-buggy-eim: bool',
  'x-pasid-mode: bool',
  'dma-drain: bool',
  'snoop-control: bool',
];

const amdIommu = {
  '7.2': x86Iommu,
  '10.0': [...x86Iommu, 'xtsup: bool'],
  '10.2': [...x86Iommu, dmaTranslation, 'xtsup: bool', 'pci-id: str', 'dma-remap: bool'],
};

/** The lists of the releases, each after something. */
const each = (
  lists: Readonly<Record<QemuVersion, readonly string[]>>,
  before: readonly string[],
) => ({
  '7.2': { holds: [...before, ...lists['7.2']] },
  '10.0': { holds: [...before, ...lists['10.0']] },
  '10.2': { holds: [...before, ...lists['10.2']] },
});

const region = {
  holds: [
    'type: string',
    'container: link<memory-region>',
    'addr: uint64',
    'size: uint64',
    'priority: uint32',
  ],
};

const abstractDevice = fails("Parameter 'typename' expects a non-abstract device type");
const abstractDriver = fails("Parameter 'driver' expects a non-abstract device type");
const notPluggable = fails("Parameter 'driver' expects a pluggable device type");
const noHotplug = (type: string) => ({
  '7.2': notPluggable,
  '10.0': fails(`Device '${type}' does not support hotplugging`),
  '10.2': fails(`Device '${type}' does not support hotplugging`),
});

/** Types and their properties, and devices that cannot be added, on a q35 that was not started. */
export const introspection: Exchange = {
  name: 'introspection',
  versions: ['7.2', '10.0', '10.2'],
  options: { machine: 'q35' },
  steps: [
    {
      send: 'query-version',
      reply: {
        '7.2': {
          is: {
            qemu: { micro: 22, minor: 2, major: 7 },
            package: 'Debian 1:7.2+dfsg-7+deb12u18+b3',
          },
        },
        '10.0': {
          is: {
            qemu: { micro: 2, minor: 0, major: 10 },
            package: 'Debian 1:10.0.2+ds-2+deb13u1~bpo12+1',
          },
        },
        '10.2': { is: { qemu: { micro: 2, minor: 2, major: 10 }, package: '' } },
      },
    },
    properties('migration', 'a list'),
    properties('migration', 'a list'),
    deviceProperties('migration', 'a list'),
    { send: 'device_add', args: { driver: 'migration', id: 'mig0' }, reply: notPluggable },
    {
      send: 'object-add',
      args: { 'qom-type': 'migration', id: 'mig0' },
      reply: fails("Parameter 'qom-type' does not accept value 'migration'"),
    },
    { send: 'query-migrate', reply: ok },
    properties('device', { holds: ofEveryDevice }),
    properties('pci-device', {
      '7.2': { holds: [...ofEveryDevice, ...pci, 'legacy-addr: str'] },
      '10.0': { count: 20 },
      '10.2': { count: 21 },
    }),
    properties('memory-region', region),
    properties('x86-iommu', {
      '7.2': { holds: [...ofEveryDevice, ...x86Iommu] },
      '10.0': { holds: [...ofEveryDevice, ...x86Iommu] },
      '10.2': { holds: [...ofEveryDevice, ...x86Iommu, dmaTranslation] },
    }),
    properties('intel-iommu', {
      '7.2': { holds: [...ofEveryDevice, ...intelIommu] },
      '10.0': { count: 21 },
      '10.2': { count: 21 },
    }),
    properties('amd-iommu', each(amdIommu, ofEveryDevice)),
    properties('nosuchtype', notFound("Class 'nosuchtype' not found")),
    properties('qemu:memory-region', notFound("Class 'qemu:memory-region' not found")),
    properties('container', { holds: ['type: string'] }),
    properties('interface', fails("Parameter 'typename' expects a QOM type")),
    properties('user-creatable', fails("Parameter 'typename' expects a QOM type")),
    properties('object', { holds: ['type: string'] }),
    properties('machine', 'a list'),
    properties('q35-machine', notFound("Class 'q35-machine' not found")),
    properties('pc-q35-7.2-machine', 'a list'),
    properties('bus', { holds: ['type: string'] }),
    properties('PCI', {
      holds: ['type: string', 'realized: bool', 'hotplug-handler: link<hotplug-handler>'],
    }),
    deviceProperties('device', abstractDevice),
    deviceProperties('pci-device', abstractDevice),
    deviceProperties('nosuchtype', notFound("Device 'nosuchtype' not found")),
    deviceProperties('container', abstractDevice),
    deviceProperties('x86-iommu', abstractDevice),
    deviceProperties('intel-iommu', {
      '7.2': { holds: intelIommu },
      '10.0': { count: 16 },
      '10.2': { count: 16 },
    }),
    deviceProperties('amd-iommu', each(amdIommu, [])),
    deviceProperties('AMDVI-PCI', {
      '7.2': { holds: pci },
      '10.0': { count: 14 },
      '10.2': { count: 15 },
    }),
    deviceProperties('amd-iommu-pci', notFound("Device 'amd-iommu-pci' not found")),
    deviceProperties('virtio-iommu-pci', 'a list'),
    add('device', abstractDriver),
    add('pci-device', abstractDriver),
    add('nosuchtype', fails("'nosuchtype' is not a valid device model name")),
    add('container', fails("'container' is not a valid device model name")),
    add('x86-iommu', abstractDriver),
    add('intel-iommu', noHotplug('intel-iommu')),
    add('amd-iommu', noHotplug('amd-iommu')),
    add('ich9-ahci', fails("Bus 'pcie.0' does not support hotplugging")),
    add('virtio-iommu-pci', noHotplug('virtio-iommu-pci')),
  ],
};
