import type { QDict, QemuVersion } from '../../../../models/index.js';
import { type Exchange, type Expected, fails, notFound, ok, type Step } from '../exchange.js';

const containers: Readonly<Record<QemuVersion, readonly string[]>> = {
  '7.2': [],
  '10.0': ['backend: child<container>'],
  '10.2': ['backend: child<container>', 'audiodevs: child<container>'],
};

const root = (version: QemuVersion): Expected => ({
  holds: [
    'type: string',
    'objects: child<container>',
    'chardevs: child<container>',
    `machine: child<pc-i440fx-${version}-machine>`,
    ...containers[version],
  ],
});

const list = (path: string, reply: Extract<Step, { send: string }>['reply']): Step => ({
  send: 'qom-list',
  args: { path },
  reply,
});

const get = (path: string, property: string, reply: Expected): Step => ({
  send: 'qom-get',
  args: { path, property },
  reply,
});

const objectAdd = (args: QDict, reply: Expected = ok): Step => ({
  send: 'object-add',
  args,
  reply,
});

const objectDel = (id: string, reply: Expected = ok): Step => ({
  send: 'object-del',
  args: { id },
  reply,
});

const add = (args: QDict): Step => ({ send: 'device_add', args, reply: ok });

const del = (id: string, reply: Expected = ok): Step => ({
  send: 'device_del',
  args: { id },
  reply,
});

const reset = (...events: readonly string[]): Step => ({
  send: 'system_reset',
  reply: ok,
  events: ['RESET host-qmp-system-reset', ...events],
});

const typed = (...entries: readonly string[]): Expected => ({
  holds: ['type: string', ...entries],
});

const ram = 'pc.ram: child<memory-backend-ram>';
const rng0 = { 'qom-type': 'rng-random', id: 'rng0', filename: '/dev/urandom' };
const dimm0 = 'dimm0: child<pc-dimm>';
const vr0 = 'vr0: child<virtio-rng-pci>';
const vs0 = 'vs0: child<virtio-scsi-pci>';
const iothreads = (...ids: readonly string[]): Step => ({
  send: 'query-iothreads',
  reply: { is: ids.map((id) => ({ id })) },
});

/** Objects that users make, devices that use them, and devices that go when the guest lets them, on a pc that was not started. */
export const objectsAndDevices: Exchange = {
  name: 'objects and devices',
  versions: ['7.2', '10.0', '10.2'],
  options: { machine: 'pc', qtest: true },
  steps: [
    list('/', { '7.2': root('7.2'), '10.0': root('10.0'), '10.2': root('10.2') }),
    list('/machine', 'a list'),
    list('/machine/peripheral', typed()),
    list('/machine/peripheral-anon', typed()),
    list('/objects', typed(ram)),
    list(
      '/chardevs',
      typed('qtest: child<chardev-socket>', 'compat_monitor0: child<chardev-socket>'),
    ),
    list('/backend', {
      '7.2': notFound("Device '/backend' not found"),
      '10.0': typed(),
      '10.2': typed(),
    }),
    list('/machine/unattached', 'a list'),
    objectAdd(rng0),
    objectAdd(rng0, fails("attempt to add duplicate property 'rng0' to object (type 'container')")),
    objectAdd({ ...rng0, id: '9bad' }, fails("Parameter 'id' expects an identifier")),
    objectAdd(
      { ...rng0, id: 'rngbad', filename: '/nonexistent' },
      fails("Could not open '/nonexistent': No such file or directory"),
    ),
    list('/objects', typed('rng0: child<rng-random>', ram)),
    objectAdd(
      { 'qom-type': 'rng-backend', id: 'r2' },
      fails("Parameter 'qom-type' does not accept value 'rng-backend'"),
    ),
    objectDel('nope', fails("object 'nope' not found")),
    add({ driver: 'virtio-rng-pci', id: 'vr0', rng: 'rng0', bus: 'pci.0', addr: '5' }),
    get('/machine/peripheral/vr0', 'rng', { is: '/objects/rng0' }),
    objectDel('rng0'),
    list('/objects', typed(ram)),
    get('/machine/peripheral/vr0', 'rng', { is: '' }),
    get('/machine/peripheral/vr0/virtio-backend', 'rng', { is: '' }),
    objectDel('rng0', fails("object 'rng0' not found")),
    objectAdd(rng0),
    get('/machine/peripheral/vr0/virtio-backend', 'rng', { is: '' }),
    objectAdd({ 'qom-type': 'memory-backend-ram', id: 'mem0', size: 33554432 }),
    add({ driver: 'pc-dimm', id: 'dimm0', memdev: 'mem0' }),
    objectDel('mem0', fails("object 'mem0' is in use, can not be deleted")),
    list('/objects/mem0', 'a list'),
    objectAdd({ 'qom-type': 'iothread', id: 'io0' }),
    iothreads('io0'),
    add({ driver: 'virtio-scsi-pci', id: 'vs0', iothread: 'io0', bus: 'pci.0', addr: '6' }),
    objectDel('io0'),
    iothreads(),
    get('/machine/peripheral/vs0/virtio-backend', 'iothread', { is: '' }),
    list('/machine/peripheral', typed(vs0, dimm0, vr0)),
    list('/machine/peripheral/vr0', 'a list'),
    list('/machine/peripheral/vs0', 'a list'),
    list('/machine/unattached', 'a list'),
    { ...del('vr0'), events: [] },
    list('/machine/peripheral/vr0', 'a list'),
    list('/machine/peripheral/vr0', 'a list'),
    del('vr0', fails('Device vr0 is already in the process of unplug')),
    { qtest: 'outl 0xae10 0', reply: 'OK' },
    { qtest: 'inl 0xae04', reply: 'OK 0x0020' },
    {
      qtest: 'outl 0xae08 0x20',
      reply: 'OK',
      events: [
        'DEVICE_DELETED /machine/peripheral/vr0/virtio-backend',
        'DEVICE_DELETED vr0 /machine/peripheral/vr0',
      ],
    },
    list('/machine/peripheral', typed(vs0, dimm0)),
    del('vr0', notFound("Device 'vr0' not found")),
    objectDel('rng0'),
    del('vs0'),
    reset(
      'DEVICE_DELETED /machine/peripheral/vs0/virtio-backend',
      'DEVICE_DELETED vs0 /machine/peripheral/vs0',
    ),
    list('/machine/peripheral', typed(dimm0)),
    iothreads(),
    del('dimm0'),
    del('dimm0'),
    reset(),
    list('/machine/peripheral', typed(dimm0)),
    objectDel('mem0', fails("object 'mem0' is in use, can not be deleted")),
    del('/machine/unattached/device[0]', fails('Boot CPU is unpluggable')),
    del('nosuch', notFound("Device 'nosuch' not found")),
    get('/machine/unattached/device[0]', 'type', { is: 'qemu64-x86_64-cpu' }),
    get('/machine/q35', 'type', notFound("Device '/machine/q35' not found")),
    list('', fails("Path '' is ambiguous")),
    get('pci.0', 'realized', { is: true }),
    {
      send: 'qom-set',
      args: { path: '/machine/unattached/device[0]', property: 'realized', value: false },
      reply: ok,
    },
  ],
};
