import {
  accessSpace,
  addSubregion,
  Board,
  type DeviceTypeInfo,
  type MemoryDesign,
  pciBusMasterType,
  pciDma,
  pciInitBusMaster,
  pciSetMaster,
  type QomObject,
  type RegionOps,
  regionInit,
} from '../../models/index.js';
import type { Block, Plain, Routine, Sim } from '../../src/index.js';

/** Where the registers are: a write executes a request, one after it resets the device. */
const registers = 0x100;
const resetRegister = registers + 4;

/** Where the device has memory that anybody may access at any time. */
export const ownMemory = 0x200;

/** What the device works on: made for a request, and gone with it or with a reset. */
interface Request {
  readonly block: Block;
  readonly residue: Plain<number>;
}

interface Adapter {
  readonly registersPlace: Block;
  readonly memoryPlace: Block;
  readonly current: Plain<Request | undefined>;
}

/**
 * A device whose guest says where it reads from and writes to by DMA. Upstream: hw/scsi/lsi53c895a.c:lsi_execute_script, whose
 * registers and memory for scripts are regions of the same device.
 *
 * @param targets - where a request writes to, in order
 */
function adapterType(board: Board, targets: readonly number[]): DeviceTypeInfo<Adapter> {
  const { sim, memory } = board;
  const info: DeviceTypeInfo<Adapter> = {
    name: 'lsi53c895a',
    parent: pciBusMasterType.name,
    fields: (block) => ({
      registersPlace: block.embed('lsi-mmio'),
      memoryPlace: block.embed('lsi-ram'),
      current: block.plain<Request | undefined>('current', undefined),
    }),
    *realize(device) {
      yield* pciInitBusMaster(device);
      const { registersPlace, memoryPlace } = device.as(info);
      const common = { size: 0x10, owner: device };
      const ops: RegionOps = {
        *write(offset) {
          if (offset === 0) yield* executeScript(device);
          else yield* softReset(device);
        },
      };
      const mmio = { ...common, name: 'lsi-mmio', ops };
      const ram = { ...common, name: 'lsi-ram', ops: {}, unguarded: true };
      const root = board.systemMemory;
      yield* addSubregion(root, yield* regionInit(memory, registersPlace, mmio), registers);
      yield* addSubregion(root, yield* regionInit(memory, memoryPlace, ram), ownMemory);
    },
  };

  function* executeScript(device: QomObject): Routine {
    const { current } = device.as(info);
    sim.log('lsi_execute_script');
    const block = yield* sim.alloc('request');
    const request: Request = { block, residue: block.plain('residue', 1) };
    yield* current.write(request);
    for (const address of targets) yield* pciDma(device, { address, size: 4, value: 0 });
    sim.log('lsi_execute_script: goes on with the request');
    yield* request.residue.write(0);
    yield* current.write(undefined);
    yield* sim.free(block);
  }

  function* softReset(device: QomObject): Routine {
    const { current } = device.as(info);
    sim.log('lsi_soft_reset');
    const request = yield* current.read();
    if (request === undefined) return;
    yield* current.write(undefined);
    yield* sim.free(request.block);
  }

  return info;
}

/**
 * The guest has a device write to the device's own register, by which it is reset.
 *
 * @param before - where a request writes to first
 */
export function resetByDma(sim: Sim, memory: MemoryDesign, ...before: readonly number[]): Board {
  const board = new Board(sim, { memory });
  const type = adapterType(board, [...before, resetRegister]);
  board.qdev.register(pciBusMasterType, type);
  board.start({
    *boot() {
      yield* pciSetMaster(yield* board.plug(type.name, 'lsi0'), true);
    },
    vcpus: {
      *vcpu() {
        yield* accessSpace(board.memory.system, { address: registers, size: 4, value: 1 });
      },
    },
  });
  return board;
}
