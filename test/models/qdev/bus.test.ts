import { describe, expect, it } from 'vitest';
import {
  busNew,
  busState,
  type DeviceTypeInfo,
  deviceState,
  type Lookup,
  objectNew,
  type QdevDesign,
  type QomObject,
  qdevDeviceAdd,
  qmpDeviceAdd,
  qmpDeviceDel,
  reference,
  resolvePathComponent,
  scsiDeviceGet,
  scsiReadCapacity,
  unparent,
  unreference,
  walkBusChildren,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench, type BenchOptions, references } from './support.js';

/** What a command notes, in which nothing may be wrong. */
function noted(
  command: (bench: Bench, bus: QomObject, log: unknown[]) => Routine,
  options: BenchOptions = {},
): unknown[] {
  const log: unknown[] = [];
  const setup = (sim: Sim): void => {
    log.length = 0;
    const bench = new Bench(sim, options);
    bench.run((bus) => command(bench, bus, log));
  };
  expect(wrongWith(setup)).toEqual([]);
  return log;
}

describe('a bus', () => {
  it('should list what is on it, newest first, and have links to it', () => {
    const names = (bus: QomObject, log: unknown[]) =>
      walkBusChildren(bus, function* (device) {
        log.push(device.name);
      });
    const log = noted(function* (bench, bus, log) {
      for (const id of ['a', 'b', 'c']) yield* qmpDeviceAdd(bench.qdev, { driver: 'scsi-hd', id });
      yield* names(bus, log);
      log.push((yield* resolvePathComponent(bus, 'child[1]'))?.name);
      yield* qmpDeviceDel(bench.qdev, 'b');
      yield* names(bus, log);
      log.push(yield* resolvePathComponent(bus, 'child[1]'), yield* busState(bus).counts.read());
    });
    const counts = { children: 2, maxIndex: 3 };
    expect(log).toEqual(['c', 'b', 'a', 'b', 'c', 'a', undefined, counts]);
  });

  it('should go with its device, and what is on it before it', () => {
    const log: unknown[] = noted(function* (bench, bus, log) {
      const disk = yield* bench.add({ driver: 'scsi-hd', id: 'a' });
      yield* reference(disk);
      const { device: hba } = yield* busState(bus).place.read();
      yield* unparent(hba as QomObject);
      const { parentBus, realized } = deviceState(disk);
      log.push(yield* parentBus.read(), yield* realized.read());
      log.push(yield* disk.qom.sim.step('look', () => bus.instance.alive));
      yield* unreference(disk);
    });
    expect(log).toEqual([undefined, false, false]);
  });

  it('should be told of in the order of the tree, children first', () => {
    const orders = new Set<string>();
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      bench.run(function* (bus) {
        yield* bench.add({ driver: 'scsi-hd', id: 'a' });
        const { device: hba } = yield* busState(bus).place.read();
        yield* unparent(hba as QomObject);
      });
      sim.finally(() => {
        orders.add(bench.told.join());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...orders]).toEqual(['DEVICE_DELETED a,DEVICE_DELETED hba']);
  });

  it('should not be unparented if it is the main system bus', () => {
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      bench.run(function* () {
        yield* unparent((yield* bench.qdev.machineObjects()).mainSystemBus);
      });
    };
    expect(wrongWith(setup)).toEqual([
      'assertion: bus_unparent: the main system bus has no parent and stays',
    ]);
  });

  it('may have memory of its own, which goes when it goes', () => {
    const heap: DeviceTypeInfo = {
      name: 'heap-hba',
      parent: 'device',
      busType: 'System',
      *realize(device) {
        yield* busNew(device, 'SCSI', 'heap.0');
      },
    };
    let hba: QomObject | undefined;
    const log: unknown[] = noted(
      function* (_bench, _bus, log) {
        const [bus] = yield* deviceState(hba as QomObject).childBuses.read();
        const { block, qom } = bus as QomObject;
        log.push(yield* busState(bus as QomObject).realized.read());
        yield* unparent(hba as QomObject);
        log.push(yield* qom.sim.step('look', () => block.alive));
      },
      {
        types: [heap],
        *boot(bus) {
          const { qdev } = busState(bus);
          hba = (yield* qdevDeviceAdd(qdev, { driver: 'heap-hba' })) as QomObject;
          yield* unreference(hba);
        },
      },
    );
    expect(log).toEqual([true, false]);
  });
});

describe('a walk over a bus without the big lock', () => {
  /** An I/O thread looks for a disk and uses it while management adds or removes it. */
  const race = (
    lookup: Lookup,
    what: 'add' | 'remove',
    design: Partial<QdevDesign> = {},
  ): string[] =>
    wrongWith((sim) => {
      const found = sim.reachable('found');
      const missed = sim.reachable('missed');
      const add = (bench: Bench) => bench.add({ driver: 'scsi-hd', id: 'a' });
      const bench: Bench = new Bench(sim, {
        design,
        *boot() {
          if (what === 'remove') yield* add(bench);
        },
      });
      const command = () => (what === 'add' ? add(bench) : qmpDeviceDel(bench.qdev, 'a'));
      bench.run(command as () => Routine, {
        *iothread(bus) {
          const disk = yield* scsiDeviceGet(bus, lookup);
          if (disk === undefined) {
            missed();
            return;
          }
          found();
          sim.assert((yield* scsiReadCapacity(disk)) === 1, 'half realized');
          if (lookup.reference) yield* unreference(disk);
        },
      });
    });
  const safe: Lookup = { section: true, reference: true };

  it('should be safe in a read section, with a reference on what is found', () => {
    expect(race(safe, 'add')).toEqual([]);
    expect(race(safe, 'remove')).toEqual([]);
  });

  it('should need the section', () => {
    expect(race({ section: false, reference: true }, 'remove')).toContain(
      'use-after-free: hba.scsi.0.child[0]',
    );
  });

  it('should need the reference', () => {
    expect(race({ section: true, reference: false }, 'remove')).toEqual(['use-after-free: a']);
  });

  it('should need entries that outlive the section', () => {
    expect(race(safe, 'remove', { busEntries: 'freed at once' })).toContain(
      'use-after-free: hba.scsi.0.child[0]',
    );
  });

  it('should need a flag that orders what was written before it', () => {
    expect(race(safe, 'add', { realizedFlag: 'ordinary' })).toEqual(['data-race: a.blocks']);
  });
});

describe('a bus that references its device (D1)', () => {
  const design = { childBus: 'references its device' } as const;

  it('should keep the device for as long as somebody holds the bus', () => {
    const log: unknown[] = noted(
      function* (_bench, bus, log) {
        const { device } = yield* busState(bus).place.read();
        const hba = device as QomObject;
        yield* reference(bus);
        yield* unparent(hba);
        log.push(yield* references(bus));
        yield* unreference(bus);
      },
      { design },
    );
    expect(log).toEqual([1]);
  });

  it('should leak a device that was never in the tree', () => {
    const log: unknown[] = noted(
      function* ({ machine }, _bus, log) {
        const hba = yield* objectNew(machine.qom, 'scsi-hba', 'temporary');
        yield* unreference(hba);
        log.push(yield* references(hba));
      },
      { design },
    );
    expect(log).toEqual([1]);
  });
});
