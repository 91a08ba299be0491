import { describe, expect, it } from 'vitest';
import {
  type BusTypeInfo,
  busNew,
  busState,
  type DeviceOptions,
  type DeviceTypeInfo,
  deviceState,
  type MachineTypeInfo,
  QemuError,
  type QomObject,
  qdevDeviceAdd,
  qmpDeviceAdd,
  qmpDeviceDel,
  resolvePath,
  setHotplugHandler,
  type TypeInfo,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench, type BenchOptions } from './support.js';

const types: readonly TypeInfo[] = [
  { name: 'abstract-disk', parent: 'scsi-hd', abstract: true },
  { name: 'migration', parent: 'device', userCreatable: false } as DeviceTypeInfo,
  { name: 'soldered', parent: 'scsi-hd', hotpluggable: false } as DeviceTypeInfo,
  { name: 'loose', parent: 'device' },
  { name: 'sys-bus-device', parent: 'device', abstract: true, busType: 'System' } as DeviceTypeInfo,
  { name: 'sys-a', parent: 'sys-bus-device' },
  { name: 'sys-b', parent: 'sys-bus-device' },
  { name: 'usb-key', parent: 'device', busType: 'usb-bus' } as DeviceTypeInfo,
  { name: 'usb-bus', parent: 'bus' },
  {
    name: 'broken-hd',
    parent: 'scsi-hd',
    *realize() {
      return new QemuError('no medium');
    },
  } as DeviceTypeInfo,
  { name: 'small', parent: 'SCSI', maxDevices: 1 } as BusTypeInfo,
  {
    name: 'small-hba',
    parent: 'device',
    busType: 'System',
    *realize(device) {
      const bus = yield* busNew(device, 'small', 'small.0');
      yield* setHotplugHandler(bus, bus);
    },
  } as DeviceTypeInfo,
  { name: 'q35', parent: 'machine', dynamicSysbusDevices: ['sys-a'] } as MachineTypeInfo,
];

/** What each of some commands answers, one after the other, on a machine that is ready. */
function answers(
  commands: (bench: Bench) => readonly Routine<unknown>[],
  options: BenchOptions = {},
): unknown[] {
  const given: unknown[] = [];
  const setup = (sim: Sim): void => {
    given.length = 0;
    const bench = new Bench(sim, { types, machineType: 'q35', ...options });
    bench.run(function* () {
      for (const command of commands(bench)) {
        const answer = yield* command;
        given.push(answer instanceof QemuError ? `${answer.errorClass}: ${answer.desc}` : answer);
      }
    });
  };
  expect(wrongWith(setup)).toEqual([]);
  return given;
}

const add = (options: DeviceOptions) => (bench: Bench) => [qmpDeviceAdd(bench.qdev, options)];

describe('device_add', () => {
  it.each<[string, DeviceOptions]>([
    ["Parameter 'driver' is missing", {}],
    ["'nosuchtype' is not a valid device model name", { driver: 'nosuchtype' }],
    ["'container' is not a valid device model name", { driver: 'container' }],
    ["Parameter 'driver' expects a non-abstract device type", { driver: 'device' }],
    ["Parameter 'driver' expects a non-abstract device type", { driver: 'abstract-disk' }],
    ["Parameter 'driver' expects a pluggable device type", { driver: 'migration' }],
    [
      "Parameter 'driver' expects a dynamic sysbus device type for the machine",
      { driver: 'sys-b' },
    ],
    ["Bus 'main-system-bus' does not support hotplugging", { driver: 'sys-a' }],
    ["Bus 'nosuchbus' not found", { driver: 'scsi-hd', bus: 'nosuchbus' }],
    ["Device 'sys-a' can't go on SCSI bus", { driver: 'sys-a', bus: 'scsi.0' }],
    ["No 'usb-bus' bus found for device 'usb-key'", { driver: 'usb-key' }],
    ["Device 'soldered' does not support hotplugging", { driver: 'soldered' }],
    ["Device 'loose' can not be hotplugged on this machine", { driver: 'loose' }],
    ["Property 'scsi-hd.nosuch' not found", { driver: 'scsi-hd', nosuch: '1' }],
    ['no medium', { driver: 'broken-hd' }],
  ])('should say "%s" to %j', (desc, options) => {
    expect(answers(add(options))).toEqual([`GenericError: ${desc}`]);
  });

  it('should not have two devices of one id', () => {
    const given = answers(({ qdev }) => [
      qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'a', bus: 'scsi.0' }),
      qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'a' }),
      qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'b' }),
    ]);
    expect(given).toEqual([undefined, "GenericError: Duplicate device ID 'a'", undefined]);
  });

  it('should look for a bus that is not full', () => {
    const given = answers(
      (bench) => [
        qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id: 'a' }),
        qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id: 'b' }),
        qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', bus: 'small.0' }),
        busOf(bench, 'a'),
        busOf(bench, 'b'),
      ],
      {
        *boot(bus) {
          yield* qdevDeviceAdd(busState(bus).qdev, { driver: 'small-hba' });
        },
      },
    );
    const full = "GenericError: Bus 'small.0' is full";
    expect(given).toEqual([undefined, undefined, full, 'small.0', 'scsi.0']);
  });

  it('should use up the number of a device without an id even if it fails', () => {
    const given = answers((bench) => [
      qmpDeviceAdd(bench.qdev, { driver: 'broken-hd' }),
      qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd' }),
      named(bench, '/machine/peripheral-anon/device[0]'),
      named(bench, '/machine/peripheral-anon/device[1]'),
    ]);
    expect(given).toEqual(['GenericError: no medium', undefined, undefined, 'scsi-hd']);
  });

  it('should wait for what was removed before it says that it failed', () => {
    const told = new Set<string>();
    answers((bench) => [
      qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id: 'a' }),
      qmpDeviceDel(bench.qdev, 'a'),
      qmpDeviceAdd(bench.qdev, { driver: 'nosuchtype' }),
      look(bench, told),
    ]);
    expect([...told]).toEqual(['DEVICE_DELETED a']);
  });

  it('should not wait when it succeeds', () => {
    const told = new Set<string>();
    answers((bench) => [
      qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id: 'a' }),
      qmpDeviceDel(bench.qdev, 'a'),
      qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id: 'a' }),
      look(bench, told),
    ]);
    expect([...told]).toEqual(['']);
  });

  it('should not be there before the machine is ready', () => {
    const given: unknown[] = [];
    const desc =
      "The command 'device_add' is permitted only after machine initialization has completed";
    answers(() => [], {
      *boot(bus) {
        given.length = 0;
        const { qdev } = busState(bus);
        given.push(yield* qmpDeviceAdd(qdev, { driver: 'scsi-hd' }));
        given.push(yield* qdevDeviceAdd(qdev, { driver: 'soldered', id: 'cold' }));
      },
    });
    expect(given).toMatchObject([{ desc }, { name: 'cold' }]);
  });

  it('should be refused while migrating', () => {
    expect(answers(add({ driver: 'scsi-hd' }), { migrating: true })).toEqual([
      'GenericError: device_add not allowed while migrating',
    ]);
  });
});

describe('device_del', () => {
  const del = (id: string) => (bench: Bench) => [qmpDeviceDel(bench.qdev, id)];

  it('should find devices by id and by path', () => {
    const given = answers(({ qdev }) => [
      qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'a' }),
      qmpDeviceAdd(qdev, { driver: 'scsi-hd' }),
      qmpDeviceDel(qdev, 'a'),
      qmpDeviceDel(qdev, '/machine/peripheral-anon/device[0]'),
      qmpDeviceDel(qdev, 'a'),
    ]);
    const gone = "DeviceNotFound: Device 'a' not found";
    expect(given).toEqual([undefined, undefined, undefined, undefined, gone]);
  });

  it('should want a device', () => {
    expect(answers(del('/machine'))).toEqual([
      'GenericError: /machine is not a hotpluggable device',
    ]);
  });

  it('should refuse what cannot be unplugged', () => {
    expect(answers(del('hba'))).toEqual([
      "GenericError: Bus 'main-system-bus' does not support hotplugging",
    ]);
  });

  it('should be refused while migrating', () => {
    const options: BenchOptions = {
      migrating: true,
      *boot(bus) {
        yield* qdevDeviceAdd(busState(bus).qdev, { driver: 'scsi-hd', id: 'a' });
      },
    };
    expect(answers(del('a'), options)).toEqual([
      'GenericError: device_del not allowed while migrating',
    ]);
  });

  it('should let the id be used again at once, and tell of the device before or after its reply', () => {
    const orders = new Set<string>();
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      const replies = sim.atomic<readonly string[]>('replies', []);
      bench.run(function* () {
        yield* bench.add({ driver: 'scsi-hd', id: 'a' });
        yield* qmpDeviceDel(bench.qdev, 'a');
        // The monitor writes replies without the big lock.
        yield* bench.machine.bigLock.unlock();
        const told = yield* bench.qdev.events.load();
        yield* replies.store([...told.map(({ event }) => event), 'reply']);
        yield* bench.machine.bigLock.lock();
        yield* bench.add({ driver: 'scsi-hd', id: 'a' });
      });
      sim.finally(() => {
        sim.assert(bench.told.join() === 'DEVICE_DELETED a', 'told once');
        orders.add(replies.peek().join());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...orders].sort()).toEqual(['DEVICE_DELETED,reply', 'reply']);
  });
});

/** The name of the object at a path. */
function* named(bench: Bench, path: string): Routine<string | undefined> {
  const found = yield* resolvePath(bench.machine.qom, path);
  return found === 'ambiguous' ? found : found?.name;
}

/** The name of the bus that a device is on. */
function* busOf(bench: Bench, id: string): Routine<string | undefined> {
  const device = yield* resolvePath(bench.machine.qom, `/machine/peripheral/${id}`);
  const bus = yield* deviceState(device as QomObject).parentBus.read();
  return bus && (yield* busState(bus).place.read()).name;
}

/** What was told by now. */
function* look({ qdev }: Bench, told: Set<string>): Routine {
  const events = yield* qdev.events.load();
  told.add(events.map(({ event, device }) => `${event} ${device ?? ''}`).join());
}
