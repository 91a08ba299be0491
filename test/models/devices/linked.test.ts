import { describe, expect, it } from 'vitest';
import {
  accessSpace,
  DimmTypes,
  pciBusMasterType,
  qmpDeviceDel,
  qmpObjectAdd,
  qmpQomGet,
  rngBackendType,
  userCreatableDel,
  virtioBusType,
  virtioRngPciType,
  virtioRngType,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';
import { Rig } from './support.js';

describe('a random number generator with a backend', () => {
  const types = [rngBackendType, virtioBusType, virtioRngType, pciBusMasterType, virtioRngPciType];

  /** What the commands answer, with the generator and its backend there. */
  function answers(commands: (rig: Rig) => Routine<unknown[]>): { said: unknown; told: unknown } {
    const said = new Set<string>();
    const told = new Set<string>();
    const setup = (sim: Sim): void => {
      const rig = new Rig(sim);
      rig.register(...types);
      const { qom } = rig.board.machine;
      rig.run(
        [
          function* () {
            said.add(JSON.stringify(yield* commands(rig)));
          },
        ],
        {
          *boot() {
            yield* qmpObjectAdd(qom, { 'qom-type': 'rng-random', id: 'rng0' });
            yield* rig.add({ driver: 'virtio-rng-pci', id: 'vr0', rng: 'rng0' });
          },
        },
      );
      sim.finally(() => told.add(rig.told.join()));
    };
    expect(wrongWith(setup)).toEqual([]);
    return { said: [...said].map((each) => JSON.parse(each) as unknown), told: [...told] };
  }

  const rngOf = (rig: Rig, path: string): Routine<unknown> =>
    qmpQomGet(rig.board.machine.qom, path, 'rng');

  it('should tell the end of the device inside before its own', () => {
    const { told } = answers(function* (rig) {
      yield* rig.del('vr0');
      return [];
    });
    expect(told).toEqual(['/machine/peripheral/vr0/virtio-backend,vr0']);
  });

  it('should show where its backend is until that is deleted, which nobody refuses', () => {
    const { said } = answers(function* (rig) {
      const { qom } = rig.board.machine;
      const all: unknown[] = [];
      all.push(yield* rngOf(rig, '/machine/peripheral/vr0'));
      all.push((yield* userCreatableDel(qom, 'rng0')) ?? 'deleted');
      all.push(yield* rngOf(rig, '/machine/peripheral/vr0'));
      all.push(yield* rngOf(rig, '/machine/peripheral/vr0/virtio-backend'));
      const again = { 'qom-type': 'rng-random', id: 'rng0' };
      all.push((yield* qmpObjectAdd(qom, again)) ?? 'added');
      all.push(yield* rngOf(rig, '/machine/peripheral/vr0'));
      return all;
    });
    expect(said).toEqual([['/objects/rng0', 'deleted', '', '', 'added', '']]);
  });
});

describe('a memory module', () => {
  it('should keep its backend from being deleted until it is gone', () => {
    const said = new Set<string>();
    const setup = (sim: Sim): void => {
      const rig = new Rig(sim, { machineType: 'pc' });
      const { machine, memory, qdev } = rig.board;
      const types = new DimmTypes(memory, () => rig.board.systemMemory);
      rig.register(types.backend, types.dimm, types.machine);
      const read = () => accessSpace(memory.system, { address: 0xc00, size: 4 });
      rig.run(
        [
          function* () {
            const all: unknown[] = [(yield* read()).result];
            all.push((yield* userCreatableDel(machine.qom, 'mem0'))?.desc);
            yield* qmpDeviceDel(qdev, 'dimm0');
            all.push((yield* read()).result);
            all.push((yield* userCreatableDel(machine.qom, 'mem0'))?.desc ?? 'deleted');
            said.add(JSON.stringify(all));
          },
        ],
        {
          *boot() {
            yield* qmpObjectAdd(machine.qom, { 'qom-type': 'memory-backend-ram', id: 'mem0' });
            yield* rig.add({ driver: 'pc-dimm', id: 'dimm0', memdev: 'mem0' });
          },
        },
      );
      sim.finally(() => {
        sim.assert(rig.told.join() === 'dimm0', () => rig.told.join());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    const busy = "object 'mem0' is in use, can not be deleted";
    expect([...said]).toEqual([JSON.stringify(['ok', busy, 'decode error', 'deleted'])]);
  });
});
