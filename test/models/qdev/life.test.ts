import { describe, expect, it } from 'vitest';
import {
  busState,
  type DeviceTypeInfo,
  deviceState,
  parseProperty,
  type QomObject,
  qmpDeviceAdd,
  qmpDeviceDel,
} from '../../../models/index.js';
import { explore, type Routine, type Sim, scenario } from '../../../src/index.js';
import { readString } from '../qom/read-string.js';
import { wrongWith } from '../support.js';
import { Bench, references } from './support.js';

describe('a device that is plugged in and out', () => {
  it('should be held by the composition tree and by its bus, and let go by both', () => {
    const counts: number[] = [];
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      counts.length = 0;
      bench.run(function* (bus) {
        counts.push(yield* references(bus));
        const disk = yield* bench.add({ driver: 'scsi-hd', id: 'a' });
        counts.push(yield* references(disk), yield* references(bus));
        yield* qmpDeviceDel(bench.qdev, 'a');
        counts.push(yield* references(disk), yield* references(bus));
      });
      sim.finally(() => {
        sim.assert(bench.told.join() === 'DEVICE_DELETED a', () => bench.told.join());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    // Its bus: the property of the controller. The device: the peripherals, and the entry in the list of the bus.
    expect(counts).toEqual([1, 2, 2, 1, 1]);
  });

  it('should be held by its maker, its place and its bus while it is realized', () => {
    const log: unknown[] = [];
    const note = (what: string) =>
      function* (device: QomObject): Routine {
        log.push(`${what}: ${yield* references(device)}`);
      };
    const type: DeviceTypeInfo = {
      name: 'counting-hd',
      parent: 'scsi-hd',
      instanceInit: note('made'),
      realize: note('realized'),
      unrealize: note('unrealized'),
      instanceFinalize: note('finalized'),
    };
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim, { types: [type] });
      log.length = 0;
      bench.run(function* () {
        yield* bench.add({ driver: type.name, id: 'a' });
        yield* qmpDeviceDel(bench.qdev, 'a');
        log.push('reply');
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(log).toEqual(['made: 1', 'realized: 3', 'unrealized: 2', 'reply', 'finalized: 0']);
  });

  it('should show its state as properties', () => {
    const seen: unknown[] = [];
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      seen.length = 0;
      bench.run(function* (bus) {
        const disk = yield* bench.add({ driver: 'scsi-hd', id: 'a' });
        for (const name of ['realized', 'hotpluggable', 'hotplugged', 'parent_bus']) {
          seen.push(yield* readString(disk, name));
        }
        for (const name of ['realized', 'hotplug-handler']) seen.push(yield* readString(bus, name));
        yield* parseProperty(disk, 'realized', 'false');
        seen.push(yield* deviceState(disk).realized.read());
        yield* parseProperty(bus, 'realized', 'false');
        seen.push(yield* busState(bus).realized.read());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    const bus = '/machine/peripheral/hba/scsi.0';
    expect(seen).toEqual(['true', 'true', 'true', bus, 'true', bus, false, false]);
  });

  it('should be realized and then not, and know where it was', () => {
    const seen: unknown[] = [];
    const setup = (sim: Sim): void => {
      const bench = new Bench(sim);
      seen.length = 0;
      bench.run(function* () {
        const disk = yield* bench.add({ driver: 'scsi-hd', id: 'a' });
        const { realized, canonicalPath, hotplugged } = deviceState(disk);
        seen.push(yield* realized.read(), yield* hotplugged.read());
        yield* qmpDeviceDel(bench.qdev, 'a');
        seen.push(yield* realized.read(), yield* canonicalPath.read());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(seen).toEqual([true, true, false, '/machine/peripheral/a']);
  });

  it('should be cheap to follow', () => {
    const steps = (commands: readonly ((bench: Bench) => Routine<unknown>)[]) => {
      const setup = (sim: Sim): void => {
        const bench = new Bench(sim);
        bench.run(function* () {
          for (const command of commands) yield* command(bench);
        });
      };
      const { executions, steps: all } = explore(scenario('steps', setup), { seed: 1 });
      return all / executions;
    };
    const add = ({ qdev }: Bench) => qmpDeviceAdd(qdev, { driver: 'scsi-hd', id: 'a' });
    const del = ({ qdev }: Bench) => qmpDeviceDel(qdev, 'a');
    expect(steps([add, del]) - steps([])).toBeLessThanOrEqual(120);
  });
});
