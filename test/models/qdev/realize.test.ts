import { describe, expect, it } from 'vitest';
import {
  addChild,
  type DeviceTypeInfo,
  deviceState,
  failed,
  type MachineTypeInfo,
  objectNew,
  QemuError,
  type QomObject,
  qdevDeviceAdd,
  qdevRealize,
  qdevUnrealize,
  type TypeInfo,
  unparent,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Bench, type BenchOptions, references } from './support.js';

/** Types that say when they are realized and unrealized. */
function noting(log: unknown[]): TypeInfo[] {
  const note = (what: string) =>
    function* (device: QomObject): Routine {
      log.push(`${device.name} ${what}`);
    };
  const hooks = { realize: note('realized'), unrealize: note('unrealized') };
  const disk: DeviceTypeInfo = { name: 'noting-disk', parent: 'scsi-hd', ...hooks };
  const failing: DeviceTypeInfo = {
    name: 'failing-disk',
    parent: 'noting-disk',
    *realize() {
      return new QemuError('no medium');
    },
  };
  const hba: DeviceTypeInfo = { name: 'noting-hba', parent: 'scsi-hba', ...hooks };
  const machine: MachineTypeInfo = {
    name: 'picky-machine',
    parent: 'machine',
    handles: (device) => device.isA('noting-hba'),
    hotplugHandler: {
      *prePlug(_machine, device) {
        return device.name === 'odd' ? new QemuError('not that one') : undefined;
      },
      *plug() {
        return new QemuError('no room');
      },
    },
  };
  return [disk, failing, hba, machine];
}

type Command = (bench: Bench, bus: QomObject, log: unknown[]) => Routine;

/** What a command notes, which runs when the machine is ready or while it boots, and in which nothing may be wrong. */
function noted(when: 'ready' | 'boot', command: Command, options: BenchOptions = {}): unknown[] {
  const log: unknown[] = [];
  const setup = (sim: Sim): void => {
    log.length = 0;
    const run = (bus: QomObject) => command(bench, bus, log);
    const bench: Bench = new Bench(sim, {
      types: noting(log),
      ...(when === 'boot' && { boot: run }),
      ...options,
    });
    bench.run(function* (bus) {
      if (when === 'ready') yield* run(bus);
    });
  };
  expect(wrongWith(setup)).toEqual([]);
  return log;
}

describe('qdev_realize', () => {
  const second = (again: Command): string[] =>
    wrongWith((sim) => {
      const bench = new Bench(sim);
      bench.run((bus) => again(bench, bus, []));
    });
  const assertion = ['assertion: qdev_realize: the device is realized, or on a bus'];

  it('should not be called twice', () => {
    const again: Command = function* (bench, bus) {
      yield* qdevRealize(yield* bench.add({ driver: 'scsi-hd', id: 'a' }), bus);
    };
    expect(second(again)).toEqual(assertion);
  });

  it('should not be called for a device that is on a bus', () => {
    const again: Command = function* (bench, bus) {
      const disk = yield* bench.add({ driver: 'scsi-hd', id: 'a' });
      yield* qdevUnrealize(disk);
      yield* qdevRealize(disk, bus);
    };
    expect(second(again)).toEqual(assertion);
  });

  it('should want a bus of the right kind', () => {
    const wrong: Command = function* ({ machine }, bus) {
      yield* qdevRealize(yield* objectNew(machine.qom, 'scsi-hba', 'hba2'), bus);
    };
    expect(second(wrong)).toEqual([
      'assertion: qdev_set_parent_bus: scsi-hba does not fit on hba.scsi.0',
    ]);
    const none: Command = function* ({ machine }) {
      yield* qdevRealize(yield* objectNew(machine.qom, 'scsi-hd'));
    };
    expect(second(none)).toEqual(['assertion: qdev_realize: scsi-hd needs a bus']);
  });

  it('should want a machine', () => {
    const setup = (sim: Sim): void => {
      const { machine } = new Bench(sim, { types: [{ name: 'bare', parent: 'device' }] });
      sim.thread('main', function* () {
        yield* qdevRealize(yield* objectNew(machine.qom, 'bare'));
      });
    };
    expect(wrongWith(setup)).toEqual(['assertion: qdev_get_machine: there is no machine yet']);
  });
});

describe('device_set_realized', () => {
  const hbaWithDisk: Command = function* (bench, _bus, log) {
    const hba = yield* bench.add({ driver: 'noting-hba', id: 'h' });
    const [bus] = yield* deviceState(hba).childBuses.read();
    const disk = yield* objectNew(bench.machine.qom, 'noting-disk', 'd');
    yield* qdevRealize(disk, bus);
    yield* unreference(disk);
    log.push('plugged');
    yield* unparent(hba);
  };

  it('should unrealize what is on the child buses before the device', () => {
    const log = noted('boot', hbaWithDisk);
    expect(log).toEqual(['h realized', 'd realized', 'plugged', 'd unrealized', 'h unrealized']);
  });

  it('should unrealize the device first before upstream commit 5942a19040', () => {
    const log = noted('boot', hbaWithDisk, { design: { busUnrealize: 'alone' } });
    expect(log.slice(3)).toEqual(['h unrealized', 'd unrealized']);
  });

  it('should undo what a failure leaves, and what it had attached', () => {
    const log = noted('ready', function* ({ machine, qdev }, bus, log) {
      const disk = yield* objectNew(machine.qom, 'failing-disk');
      const failure = yield* qdevRealize(disk, bus);
      const { realized, parentBus } = deviceState(disk);
      log.push(failure?.desc, yield* realized.read(), yield* parentBus.read());
      log.push(yield* disk.parent.read(), yield* qdev.unattachedCount.read());
      yield* machine.callRcu.drain();
      log.push(yield* references(disk));
      yield* unreference(disk);
    });
    expect(log).toEqual(['no medium', false, undefined, undefined, 0, 1]);
  });

  it('should leave it attached before upstream commit 69382d8b3e', () => {
    const design = { failedRealize: 'stays unattached' } as const;
    const leak: Command = function* ({ machine, qdev }, bus, log) {
      const disk = yield* objectNew(machine.qom, 'failing-disk');
      yield* qdevRealize(disk, bus);
      yield* unreference(disk);
      yield* machine.callRcu.drain();
      log.push(yield* references(disk), yield* qdev.unattachedCount.read());
    };
    expect(noted('ready', leak, { design })).toEqual([2, 1]);
  });

  it('should leave a device on its bus that had a parent before', () => {
    const log = noted('ready', function* ({ machine, qdev }, bus, log) {
      const { peripheral } = yield* qdev.machineObjects();
      const disk = yield* objectNew(machine.qom, 'failing-disk');
      yield* addChild(peripheral, 'x', disk);
      yield* qdevRealize(disk, bus);
      log.push((yield* deviceState(disk).parentBus.read()) === bus, yield* references(disk));
      yield* unparent(disk);
      yield* unreference(disk);
    });
    expect(log).toEqual([true, 3]);
  });

  it('should unrealize everything when the last word of the handler is no', () => {
    const add: Command = function* ({ qdev }, _bus, log) {
      const device = yield* qdevDeviceAdd(qdev, { driver: 'noting-hba', id: 'h' });
      log.push(failed(device) && device.desc);
    };
    const log = noted('boot', add, { machineType: 'picky-machine' });
    expect(log).toEqual(['h realized', 'h unrealized', 'no room']);
  });

  it('should not begin when the first word of the handler is no', () => {
    const add: Command = function* ({ qdev }, _bus, log) {
      const device = yield* qdevDeviceAdd(qdev, { driver: 'noting-hba', id: 'odd' });
      log.push(failed(device) && device.desc);
    };
    expect(noted('boot', add, { machineType: 'picky-machine' })).toEqual(['not that one']);
  });

  it('should do nothing when nothing changes, and allow coming back', () => {
    const log = noted('ready', function* (bench, _bus, log) {
      const disk = yield* bench.add({ driver: 'noting-disk', id: 'd' });
      const { realized } = deviceState(disk);
      yield* qdevUnrealize(disk);
      yield* qdevUnrealize(disk);
      log.push(yield* realized.read());
    });
    expect(log).toEqual(['d realized', 'd unrealized', false]);
  });
});
