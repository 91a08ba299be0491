import { describe, expect, it } from 'vitest';
import {
  busNew,
  busState,
  type DeviceTypeInfo,
  deviceState,
  ejectPortType,
  guestEject,
  pendingEjects,
  QemuError,
  type QomObject,
  qdevDeviceAdd,
  qmpDeviceAdd,
  qmpDeviceDel,
  resetEjectPort,
  setHotplugHandler,
  type TypeInfo,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench } from './support.js';

/** A device that is the hot-plug handler of its own bus, as a PCIe port is. */
const port: DeviceTypeInfo = {
  name: 'port',
  parent: ejectPortType.name,
  busType: 'System',
  *realize(device) {
    yield* setHotplugHandler(yield* busNew(device, 'PCI', 'pci.0'), device);
  },
};

const types: readonly TypeInfo[] = [
  ejectPortType,
  port,
  { name: 'PCI', parent: 'bus' },
  { name: 'nic', parent: 'device', busType: 'PCI' } as DeviceTypeInfo,
  {
    name: 'nested-hba',
    parent: 'scsi-hba',
    busType: 'PCI',
  } as DeviceTypeInfo,
];

/** What is noted on a machine with a port, where nothing may be wrong. */
function noted(
  command: (bench: Bench, port: QomObject, log: unknown[]) => Routine,
  guest?: (bench: Bench, port: QomObject) => Routine,
): { readonly log: unknown[]; readonly told: ReadonlySet<string> } {
  const log: unknown[] = [];
  const told = new Set<string>();
  const setup = (sim: Sim): void => {
    log.length = 0;
    let made: QomObject | undefined;
    const thePort = () => made ?? sim.fail('no port');
    const bench: Bench = new Bench(sim, {
      types,
      *boot(bus) {
        const device = yield* qdevDeviceAdd(busState(bus).qdev, { driver: 'port', id: 'port' });
        if (device instanceof QemuError) return sim.fail(device.desc);
        made = device;
      },
    });
    bench.run(
      () => command(bench, thePort(), log),
      guest && { vcpu: () => guest(bench, thePort()) },
    );
    sim.finally(() => {
      told.add(bench.told.join());
    });
  };
  expect(wrongWith(setup)).toEqual([]);
  return { log, told };
}

function* addNics({ qdev }: Bench, ...ids: readonly string[]): Routine {
  for (const id of ids) yield* qmpDeviceAdd(qdev, { driver: 'nic', id });
}

describe('a device that goes when the guest lets it', () => {
  it('should stay until it is ejected', () => {
    const { log, told } = noted(function* (bench, port, log) {
      yield* addNics(bench, 'a', 'b');
      log.push(yield* qmpDeviceDel(bench.qdev, 'b'), yield* pendingEjects(port));
      log.push((yield* qmpDeviceDel(bench.qdev, 'b'))?.desc);
      yield* guestEject(port, 1);
      log.push(yield* pendingEjects(port), (yield* qmpDeviceDel(bench.qdev, 'b'))?.desc);
    });
    const again = 'Device b is already in the process of unplug';
    expect(log).toEqual([undefined, [1], again, [], "Device 'b' not found"]);
    expect([...told]).toEqual(['DEVICE_DELETED b']);
  });

  it('should go at a reset, if it was asked for', () => {
    const { told } = noted(function* (bench, port) {
      yield* addNics(bench, 'a', 'b', 'c');
      yield* qmpDeviceDel(bench.qdev, 'c');
      yield* qmpDeviceDel(bench.qdev, 'a');
      yield* resetEjectPort(port);
    });
    expect([...told]).toEqual(['DEVICE_DELETED c,DEVICE_DELETED a']);
  });

  it('may be ejected without being asked for, and its slot be used again', () => {
    const { log, told } = noted(function* (bench, port, log) {
      yield* addNics(bench, 'a', 'b');
      yield* guestEject(port, 0);
      yield* guestEject(port, 0);
      yield* guestEject(port, 7);
      yield* addNics(bench, 'c');
      yield* qmpDeviceDel(bench.qdev, 'c');
      log.push(yield* pendingEjects(port));
    });
    expect(log).toEqual([[0]]);
    expect([...told]).toEqual(['DEVICE_DELETED a']);
  });

  it('should be told of after what was on its buses', () => {
    const { told } = noted(function* ({ qdev }, port) {
      yield* qmpDeviceAdd(qdev, { driver: 'nested-hba', id: 'hs', bus: 'pci.0' });
      yield* qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'hd', bus: 'scsi.0' });
      yield* qmpDeviceDel(qdev, 'hs');
      yield* resetEjectPort(port);
    });
    expect([...told]).toEqual(['DEVICE_DELETED hd,DEVICE_DELETED hs']);
  });

  it('should be told of once, whenever the guest answers', () => {
    const outcomes = new Set<string>();
    const { told } = noted(
      function* (bench) {
        yield* addNics(bench, 'a');
        outcomes.add((yield* qmpDeviceDel(bench.qdev, 'a'))?.desc ?? 'asked');
      },
      function* ({ machine }, port) {
        yield* machine.bigLock.lock();
        for (const slot of yield* pendingEjects(port)) yield* guestEject(port, slot);
        yield* machine.bigLock.unlock();
      },
    );
    expect([...outcomes]).toEqual(['asked']);
    expect([...told].sort()).toEqual(['', 'DEVICE_DELETED a']);
  });

  it('should be realized as long as the guest has not answered', () => {
    const { log } = noted(function* (bench, port, log) {
      yield* addNics(bench, 'a');
      yield* qmpDeviceDel(bench.qdev, 'a');
      const [bus] = yield* deviceState(port).childBuses.read();
      const entry = yield* busState(bus as QomObject).children.load();
      const nic = (yield* entry?.child.read() ?? none()) as QomObject;
      const { realized, pendingDeletedEvent } = deviceState(nic);
      log.push(yield* realized.read(), yield* pendingDeletedEvent.read());
    });
    expect(log).toEqual([true, true]);
  });
});

function* none(): Routine<undefined> {
  return undefined;
}
