import { describe, expect, it } from 'vitest';
import {
  accessSpace,
  addSubregion,
  delSubregion,
  head,
  Machine,
  Memory,
  objectNew,
  regionInit,
  unreference,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { exploreAll, found } from '../support.js';

function machineWith(sim: Sim, access: (memory: Memory) => Routine): void {
  const machine = new Machine(sim);
  const memory = new Memory(machine, head);
  machine.qom.types.register({ name: 'device', parent: 'object', abstract: true });
  machine.qom.types.register({ name: 'owner', parent: 'object' });
  machine.start({
    *boot() {
      const root = yield* memory.boot();
      const owner = yield* objectNew(machine.qom, 'owner');
      const region = yield* regionInit(memory, owner.instance.embed('bar0'), {
        name: 'bar0',
        size: 0x10,
        owner,
        ops: {
          *read(offset) {
            yield* sim.pause();
            return offset;
          },
        },
      });
      yield* addSubregion(root, region, 0x100);
      yield* machine.loop.bottomHalves.schedule(
        yield* machine.loop.bottomHalves.create('unplug', function* () {
          yield* delSubregion(root, region);
          yield* unreference(owner);
        }),
      );
    },
    vcpus: { vcpu: () => access(memory) },
  });
}

describe('dispatch', () => {
  it('should keep the owner alive', () => {
    const report = exploreAll((sim) => {
      machineWith(sim, function* (memory) {
        yield* accessSpace(memory.system, { address: 0x104, size: 4 });
      });
    });
    expect(found(report)).toEqual([]);
  });
});
