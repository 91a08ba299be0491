import type { Plain, Routine, Sim } from '../../src/index.js';
import type { Machine } from '../machine.js';
import { AddressSpace, regionReference, regionUnreference } from './address-space.js';
import type { MemoryDesign } from './design.js';
import { registerPortio } from './portio.js';
import type { MemoryProbe } from './probe.js';
import { type MemoryRegion, regionInit, regionType } from './region.js';
import { noTransaction, type Transaction } from './transaction.js';

/** The memory of a machine. Upstream: the static variables of system/memory.c and system/physmem.c. */
export class Memory {
  readonly sim: Sim;
  readonly machine: Machine;
  readonly design: MemoryDesign;
  readonly transaction: Plain<Transaction>;
  /** Every address space: protected by the big lock. */
  readonly spaces: Plain<readonly AddressSpace[]>;
  /** address_space_memory */
  readonly system: AddressSpace;
  /** Who watches. */
  readonly probes: MemoryProbe[] = [];

  constructor(machine: Machine, design: MemoryDesign) {
    const { sim } = machine;
    this.sim = sim;
    this.machine = machine;
    this.design = design;
    this.transaction = sim.plain('memory transaction', noTransaction);
    this.spaces = sim.plain<readonly AddressSpace[]>('address spaces', []);
    this.system = new AddressSpace(this, sim.block('memory'));
    machine.qom.types.register(regionType);
    registerPortio(this);
    for (const type of design.types ?? []) machine.qom.types.register(type);
  }

  /** memory_map_init: an address space with a container that is there for ever. */
  *boot(space: AddressSpace = this.system, size = 0x1000): Routine<MemoryRegion> {
    const name = space === this.system ? 'system' : `${space.name} root`;
    const root = yield* regionInit(this, undefined, { name, size });
    yield* space.init(root);
    return root;
  }

  /** memory_region_ref: keeps the owner alive. */
  *reference(region: MemoryRegion): Routine {
    yield* regionReference(region);
  }

  /** memory_region_unref */
  *unreference(region: MemoryRegion): Routine {
    yield* regionUnreference(region);
  }

  /** Runs a routine under the big lock, unless the caller holds it: the map may only be changed so. */
  *underBigLock<T>(routine: () => Routine<T>): Routine<T> {
    const { bigLock } = this.machine;
    return bigLock.mine ? yield* routine() : yield* bigLock.guard(routine);
  }
}
