import type { PcOptions, QemuVersion } from '../../../../models/index.js';
import { type Exchange, type Expected, fails, ok, type Step } from '../exchange.js';

const status = (name: string): Step => ({ send: 'query-migrate', reply: { is: { status: name } } });

const bandwidth = (bytes: number): Step => ({
  send: 'migrate-set-parameters',
  args: { 'max-bandwidth': bytes },
  reply: ok,
});

const uri = 'exec:cat >/dev/null';
const started = ['MIGRATION setup', 'MIGRATION_PASS 1', 'MIGRATION active'];

const migrate: Step = {
  send: 'migrate',
  args: { uri },
  reply: ok,
  events: started,
  until: 'active',
};

const completes = (...device: readonly string[]): readonly string[] => [
  ...started,
  'STOP',
  ...device,
  'MIGRATION_PASS 2',
  'MIGRATION completed',
];

const running: Readonly<Record<QemuVersion, Expected>> = {
  '7.2': { is: { status: 'running', singlestep: false, running: true } },
  '10.0': { is: { status: 'running', running: true } },
  '10.2': { is: { status: 'running', running: true } },
};

const stopped = (name: string): Readonly<Record<QemuVersion, Expected>> => ({
  '7.2': { is: { status: name, singlestep: false, running: false } },
  '10.0': { is: { status: name, running: false } },
  '10.2': { is: { status: name, running: false } },
});

const del = (id: string): Step => ({
  send: 'device_del',
  args: { id },
  reply: fails('device_del not allowed while migrating'),
});

const q35: PcOptions = {
  machine: 'q35',
  start: 'running',
  devices: [
    { driver: 'pcie-root-port', id: 'rp0' },
    { driver: 'qemu-xhci', id: 'xhci' },
    { driver: 'usb-tablet', id: 'tab', bus: 'xhci.0' },
    { driver: 'e1000', id: 'vr', bus: 'rp0.0' },
  ],
};

const list = {
  send: 'qom-list-properties',
  args: { typename: 'migration' },
  reply: 'a list',
} as const;

/** A migration that is cancelled, one that completes, and one that the process ends in; on a q35 that runs. */
export const migration: Exchange = {
  name: 'migration',
  versions: ['7.2', '10.0', '10.2'],
  options: q35,
  steps: [
    { send: 'query-migrate', reply: ok },
    { send: 'migrate_cancel', reply: ok },
    { send: 'query-migrate', reply: ok },
    {
      send: 'migrate-set-capabilities',
      args: { capabilities: [{ capability: 'events', state: true }] },
      reply: ok,
    },
    bandwidth(4096),
    migrate,
    status('active'),
    { send: 'migrate', args: { uri }, reply: fails("There's a migration process in progress") },
    list,
    status('active'),
    {
      send: 'device_add',
      args: { driver: 'usb-mouse', id: 'm', bus: 'xhci.0' },
      reply: fails('device_add not allowed while migrating'),
    },
    del('tab'),
    del('vr'),
    { send: 'object-add', args: { 'qom-type': 'iothread', id: 'io0' }, reply: ok },
    { send: 'object-del', args: { id: 'io0' }, reply: ok },
    {
      send: 'qom-set',
      args: { path: '/machine/peripheral/tab', property: 'realized', value: false },
      reply: ok,
    },
    {
      send: 'migrate_cancel',
      reply: ok,
      events: ['MIGRATION cancelling', 'MIGRATION cancelled'],
      until: 'cancelled',
    },
    status('cancelled'),
    bandwidth(1099511627776),
    {
      send: 'migrate',
      args: { uri },
      reply: ok,
      events: {
        '7.2': completes(),
        '10.0': completes('MIGRATION device'),
        '10.2': completes('MIGRATION device'),
      },
      until: 'completed',
    },
    status('completed'),
    { send: 'query-status', reply: stopped('postmigrate') },
    { send: 'device_add', args: { driver: 'usb-mouse', id: 'm2', bus: 'xhci.0' }, reply: ok },
    { send: 'migrate_cancel', reply: ok },
    status('completed'),
    { send: 'cont', reply: ok, events: ['RESUME'] },
    { send: 'query-status', reply: running },
    bandwidth(4096),
    migrate,
    // How the process was ended; what it said then was not recorded.
    {
      send: 'quit',
      reply: ok,
      events: ['SHUTDOWN host-qmp-quit', 'MIGRATION cancelling'],
      perhaps: ['MIGRATION cancelled'],
    },
  ],
};

/** The beginning of those that end in the midst of a migration. */
export const beforeQuit: Exchange = {
  name: 'before the process ends',
  versions: ['7.2', '10.0', '10.2'],
  options: { machine: 'q35', start: 'running' },
  steps: [bandwidth(4096)],
};

/** A process that waits for the state of another machine. */
export const incoming: Exchange = {
  name: 'incoming migration',
  versions: ['7.2', '10.0', '10.2'],
  options: { machine: 'q35', start: 'incoming' },
  steps: [
    { send: 'query-status', reply: stopped('inmigrate') },
    { send: 'query-migrate', reply: ok },
    {
      send: 'device_add',
      args: { driver: 'virtio-rng-pci', id: 'x' },
      reply: fails("Bus 'pcie.0' does not support hotplugging"),
    },
    { send: 'migrate', args: { uri }, reply: fails('Guest is waiting for an incoming migration') },
    {
      send: 'migrate-incoming',
      args: { uri: 'exec:sleep 100' },
      reply: ok,
      events: { '7.2': ['MIGRATION setup'], '10.0': [], '10.2': [] },
    },
    {
      send: 'query-migrate',
      reply: {
        '7.2': ok,
        '10.0': { is: { status: 'setup' } },
        '10.2': { is: { status: 'setup' } },
      },
    },
    {
      send: 'migrate-incoming',
      args: { uri: 'exec:sleep 100' },
      reply: fails('The incoming migration has already been started'),
    },
    { send: 'cont', reply: ok, events: [] },
  ],
};

const later = (name: string): Expected =>
  fails(`The command '${name}' is permitted only after machine initialization has completed`);

/** Before the machine is initialised, and after. */
export const preconfig: Exchange = {
  name: 'preconfig',
  versions: ['7.2', '10.0', '10.2'],
  options: { machine: 'q35', start: 'running', preconfig: true },
  steps: [
    { send: 'query-status', reply: stopped('prelaunch') },
    list,
    { send: 'device_add', args: { driver: 'intel-iommu' }, reply: later('device_add') },
    { send: 'query-migrate', reply: later('query-migrate') },
    { send: 'qom-list', args: { path: '/machine' }, reply: 'a list' },
    {
      send: 'device-list-properties',
      args: { typename: 'intel-iommu' },
      reply: later('device-list-properties'),
    },
    { send: 'x-exit-preconfig', reply: ok, events: ['RESUME'] },
    { send: 'query-status', reply: running },
    {
      send: 'device_add',
      args: { driver: 'intel-iommu' },
      reply: {
        '7.2': fails("Parameter 'driver' expects a pluggable device type"),
        '10.0': fails("Device 'intel-iommu' does not support hotplugging"),
        '10.2': fails("Device 'intel-iommu' does not support hotplugging"),
      },
    },
  ],
};
