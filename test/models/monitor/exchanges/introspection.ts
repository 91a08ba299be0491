import { type Exchange, type Expected, fails, notFound, ok, type Step } from '../exchange.js';

const properties = (typename: string, reply: Expected): Step => ({
  send: 'qom-list-properties',
  args: { typename },
  reply,
});

const deviceProperties = (typename: string, reply: Expected): Step => ({
  send: 'device-list-properties',
  args: { typename },
  reply,
});

const add = (driver: string, reply: Extract<Step, { send: string }>['reply']): Step => ({
  send: 'device_add',
  args: { driver, id: 'x' },
  reply,
});

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
    properties('device', {
      holds: [
        'type: string',
        'parent_bus: link<bus>',
        'realized: bool',
        'hotplugged: bool',
        'hotpluggable: bool',
      ],
    }),
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
