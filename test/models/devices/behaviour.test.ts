import { describe, expect, it } from 'vitest';
import {
  AddressSpace,
  accessSpace,
  addSubregion,
  type CapabilityOwner,
  dmaEngineType,
  dmaRegister,
  ForwarderType,
  lastDma,
  lookupThenReference,
  type MemoryRegion,
  MsixCapabilityType,
  pciBusMasterType,
  pciSetMaster,
  pciWriteConfig,
  QemuClock,
  type QomObject,
  qmpDeviceDel,
  regionInit,
  scsiBusType,
  scsiControllerType,
  scsiDiskType,
  scsiDmaRestart,
  scsiReadCapacity,
  timerUpstream,
  usbBusType,
  usbTabletType,
  VfioPciType,
  WatchdogType,
  xhciCoreType,
  xhciType,
} from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { exploreAll, found, wrongWith } from '../support.js';
import { Rig } from './support.js';

describe('devices that do DMA into each other', () => {
  /** The first is told to write to the second, and that to write to the first. */
  function ring(sim: Sim, ended: (results: readonly unknown[]) => void): void {
    const rig = new Rig(sim);
    rig.register(pciBusMasterType, dmaEngineType);
    const { board } = rig;
    const bases = [0x100, 0x200];
    const engines: QomObject[] = [];
    const write = (address: number, value: number) =>
      accessSpace(board.memory.system, { address, size: 4, value });
    rig.run(
      [
        function* () {
          yield* write(0x100 + dmaRegister.doorbell, 1);
          const results: unknown[] = [];
          for (const engine of engines) results.push(yield* lastDma(engine));
          ended(results);
        },
      ],
      {
        *boot() {
          engines.length = 0;
          for (const [i, base] of bases.entries()) {
            const engine = yield* rig.add({ driver: 'e1000', id: `e${i}` });
            engines.push(engine);
            yield* pciWriteConfig(engine, { bar: 0, base });
            yield* pciSetMaster(engine, true);
            yield* write(base + dmaRegister.target, bases[1 - i] ?? 0);
          }
        },
      },
    );
  }

  it('should be stopped where the ring would close', () => {
    let results: readonly unknown[] = [];
    expect(wrongWith((sim) => ring(sim, (all) => (results = all)))).toEqual([]);
    expect(results).toEqual(['ok', 'access error']);
  });

  it('should reach nothing without the guest allowing it', () => {
    const results: unknown[] = [];
    const setup = (sim: Sim): void => {
      const rig = new Rig(sim);
      rig.register(pciBusMasterType, dmaEngineType);
      rig.run([
        function* () {
          const engine = yield* rig.add({ driver: 'e1000', id: 'e' });
          yield* pciWriteConfig(engine, { bar: 0, base: 0x100 });
          yield* accessSpace(rig.board.memory.system, { address: 0x100, size: 4, value: 1 });
          results.push(yield* lastDma(engine));
        },
      ]);
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(new Set(results)).toEqual(new Set(['decode error']));
  });
});

describe('a window from memory into ports', () => {
  /** Memory at 0x100 is ports at 0, and the ports at 0 are memory again. */
  function throughBoth(unguarded: boolean, backTo: number) {
    let value: number | undefined;
    const report = exploreAll(
      (sim) => {
        const rig = new Rig(sim);
        const { memory } = rig.board;
        const io = new AddressSpace(memory, sim.block('I/O'));
        let ports: MemoryRegion | undefined;
        const toPorts = new ForwarderType({
          name: 'raven',
          from: () => rig.board.systemMemory,
          at: 0x100,
          size: 0x10,
          to: () => io,
          target: 0,
          unguarded,
        });
        const toMemory = new ForwarderType({
          name: 'idp',
          from: () => ports ?? sim.fail('no ports'),
          at: 0,
          size: 0x10,
          to: () => memory.system,
          target: backTo,
          unguarded,
        });
        rig.register(toPorts.info, toMemory.info);
        rig.run(
          [
            function* () {
              const outcome = yield* accessSpace(memory.system, { address: 0x104, size: 4 });
              ({ value } = outcome);
            },
          ],
          {
            *boot() {
              ports = yield* memory.boot(io);
              yield* rig.add({ driver: 'raven', id: 'a' });
              yield* rig.add({ driver: 'idp', id: 'b' });
              const options = { name: 'answer', size: 0x10, ops: { read: answer } };
              const region = yield* regionInit(memory, undefined, options);
              yield* addSubregion(rig.board.systemMemory, region, 0x200);
            },
          },
        );
      },
      { maxSteps: 2000 },
    );
    return { wrong: found(report), value };
  }

  it('should lead back into memory', () => {
    expect(throughBoth(false, 0x200)).toEqual({ wrong: [], value: 42 });
  });

  it('should end where a guarded ring closes', () => {
    expect(throughBoth(false, 0x100)).toEqual({ wrong: [], value: 0 });
  });

  it('should not end where a ring without guards closes', () => {
    expect(throughBoth(true, 0x100).wrong).toEqual(['livelock: steps']);
  });
});

function* answer(): Routine<number> {
  return 42;
}

describe('a USB device', () => {
  it('should go at once, free its port, and be told when it is finalized', () => {
    const seen: unknown[] = [];
    const setup = (sim: Sim): void => {
      const rig = new Rig(sim);
      rig.register(pciBusMasterType, usbBusType, usbTabletType, xhciCoreType, xhciType);
      const add = (id: string) => rig.add({ driver: 'usb-tablet', id });
      rig.run(
        [
          function* () {
            yield* qmpDeviceDel(rig.board.qdev, 'a');
            yield* add('a');
            yield* add('b');
          },
        ],
        {
          *boot() {
            yield* rig.add({ driver: 'qemu-xhci', id: 'usb' });
            yield* add('a');
          },
        },
      );
      sim.finally(() => seen.push(rig.told.join()));
    };
    expect(wrongWith(setup)).toEqual([]);
    expect(new Set(seen)).toEqual(new Set(['a']));
  });
});

describe('a device with a timer', () => {
  it('should delete the timer before it goes, whether or not the timer has expired', () => {
    const barks = new Set<number>();
    const setup = (sim: Sim): void => {
      const rig = new Rig(sim);
      const { machine, memory } = rig.board;
      const list = new QemuClock(sim, machine.bigLock).list('timers', timerUpstream);
      machine.loop.addTimers(list);
      const type = new WatchdogType(list);
      rig.register(pciBusMasterType, type.info);
      rig.run(
        [
          function* () {
            barks.add((yield* accessSpace(memory.system, { address: 0x100, size: 4 })).value);
          },
          () => rig.del('dog'),
        ],
        {
          *boot() {
            const dog = yield* rig.add({ driver: type.info.name, id: 'dog' });
            yield* pciWriteConfig(dog, { bar: 0, base: 0x100 });
            yield* accessSpace(memory.system, { address: 0x100, size: 4, value: 10 });
          },
        },
      );
      sim.finally(() => {
        sim.assert(rig.told.join() === 'dog', () => rig.told.join());
      });
    };
    expect(wrongWith(setup)).toEqual([]);
    expect([...barks].sort()).toEqual([0, 1]);
  });
});

describe('a quirk of a device that is passed through', () => {
  /** The guest reads the quirk while the device is unplugged. */
  function unplugDuringRead(freed: 'in instance_finalize' | 'in exit'): string[] {
    return found(
      exploreAll((sim) => {
        const rig = new Rig(sim);
        const type = new VfioPciType(freed);
        rig.register(pciBusMasterType, type.info);
        rig.run([() => rig.del('v')], {
          *boot() {
            const device = yield* rig.add({ driver: 'vfio-pci', id: 'v' });
            yield* pciWriteConfig(device, { bar: 0, base: 0x100 });
          },
          vcpus: {
            *vcpu() {
              yield* accessSpace(rig.board.memory.system, { address: 0x110, size: 4 });
            },
          },
        });
      }),
    );
  }

  it('should be there for a callback that comes late', () => {
    expect(unplugDuringRead('in instance_finalize')).toEqual([]);
  });

  it('should not be there if exit has freed it', () => {
    const wrong = unplugDuringRead('in exit');
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every((each) => each.startsWith('use-after-free: '))).toBe(true);
  });
});

describe('a region of a capability whose callbacks work on the device', () => {
  /** The guest reads the table while the device is unplugged, and dispatch holds no more than the owner. */
  function unplugDuringRead(owner: CapabilityOwner): readonly string[] {
    return found(
      exploreAll((sim) => {
        const rig = new Rig(sim, { memory: lookupThenReference });
        const { capability, info } = new MsixCapabilityType(owner, 0x100);
        rig.register(pciBusMasterType, capability, info);
        rig.run([() => rig.del('x')], {
          *boot() {
            yield* rig.add({ driver: info.name, id: 'x' });
          },
          vcpus: {
            *vcpu() {
              yield* accessSpace(rig.board.memory.system, { address: 0x100, size: 4 });
            },
          },
        });
      }),
    );
  }

  it('should not keep the device if the capability is its owner', () => {
    expect(unplugDuringRead('the capability')).toContain('use-after-free: x');
  });

  it('should keep the device if that is its owner', () => {
    // The virtual CPU drops the last reference, without the big lock.
    expect(unplugDuringRead('the device')).toEqual([
      'assertion: memory_region_transaction_commit: without the big lock',
    ]);
  });
});

describe('a disk whose requests are to be started again', () => {
  it.each([
    [true, []],
    [false, ['use-after-free: a']],
  ])('should be held by the bottom half, or be gone: %s', (holds, wrong) => {
    const report = exploreAll((sim) => {
      const rig = new Rig(sim);
      rig.register(scsiBusType, scsiControllerType, scsiDiskType);
      const { bottomHalves } = rig.board.machine.loop;
      let disk: QomObject | undefined;
      rig.run(
        [
          function* () {
            yield* scsiDmaRestart(
              disk ?? sim.fail('no disk'),
              bottomHalves,
              scsiReadCapacity,
              holds,
            );
            yield* qmpDeviceDel(rig.board.qdev, 'a');
            // A failing device_add drains.
            yield* rig.board.machine.callRcu.drain();
          },
        ],
        {
          *cold() {
            yield* rig.add({ driver: 'scsi-hba', id: 'hba' });
          },
          *boot() {
            disk = yield* rig.add({ driver: 'scsi-hd', id: 'a' });
          },
        },
      );
    });
    expect(found(report)).toEqual(wrong);
  });
});
