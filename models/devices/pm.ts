import type { Block, Mutex, Plain, Routine } from '../../src/index.js';
import { accessSpace } from '../memory/access.js';
import type { AddressSpace } from '../memory/address-space.js';
import type { Memory } from '../memory/memory.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion, setEnabled } from '../memory/region-tree.js';
import type { QomObject } from '../qom/object.js';
import type { LockingDesign, Locks } from './locking.js';
import { type PciDeviceTypeInfo, pciDeviceType } from './pci.js';

/** Where a device of this kind is when it is realized. */
export interface PmPlace {
  readonly control: number;
  readonly io: number;
  readonly enabled: boolean;
  /** Where a value that is written to the fast region goes on to, less one, unless it is zero. */
  readonly next?: { readonly space: () => AddressSpace; readonly address: number };
}

interface Pm {
  readonly lock: Mutex;
  /** What both regions work on. */
  readonly state: Plain<number>;
  readonly controlPlace: Block;
  readonly ioPlace: Block;
  control: MemoryRegion | undefined;
  io: MemoryRegion | undefined;
}

/**
 * A device with a region that is used often, and another by which the first is moved, enabled and disabled; both work on the same state.
 * What is written to the control region is an address, odd to enable the other.
 *
 * Upstream: hw/acpi/piix4.c:pm_io_space_update, hw/acpi/core.c:acpi_pm_tmr_init, whose callbacks do without the big lock.
 */
export class PmType {
  readonly info: PciDeviceTypeInfo<Pm>;

  constructor(
    private readonly memory: Memory,
    private readonly container: () => MemoryRegion,
    private readonly design: LockingDesign,
    private readonly place: PmPlace,
    name = 'piix4-pm',
  ) {
    this.info = {
      name,
      parent: pciDeviceType.name,
      fields: (block) => ({
        lock: block.mutex('lock'),
        state: block.plain('state', 0),
        controlPlace: block.embed('control'),
        ioPlace: block.embed('io'),
        control: undefined,
        io: undefined,
      }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
    };
  }

  /** The device's own lock. */
  lockOf(device: QomObject): Mutex {
    return device.as(this.info).lock;
  }

  private *realize(device: QomObject): Routine {
    const { design, memory, place } = this;
    const pm = device.as(this.info);
    const common = { size: 0x10, owner: device };
    pm.control = yield* regionInit(memory, pm.controlPlace, {
      ...common,
      name: 'control',
      ops: { write: (_offset, value) => this.control(pm, value) },
      lockless: design.lockless.control,
    });
    pm.io = yield* regionInit(memory, pm.ioPlace, {
      ...common,
      name: 'io',
      ops: this.ioOps(pm),
      lockless: design.lockless.io,
    });
    yield* addSubregion(this.container(), pm.control, place.control, 1);
    if (!place.enabled) yield* setEnabled(pm.io, false);
    yield* addSubregion(this.container(), pm.io, place.io, 1);
  }

  private *exit(device: QomObject): Routine {
    const pm = device.as(this.info);
    for (const region of [pm.io, pm.control]) {
      if (region !== undefined) yield* delSubregion(this.container(), region);
    }
    yield* this.design.unrealize(this.locks(pm), () => set(pm.state, -1));
  }

  private locks({ lock }: Pm): Locks {
    return { bigLock: this.memory.machine.bigLock, own: lock };
  }

  private ioOps(pm: Pm): RegionOps {
    return {
      read: () => this.readIo(pm),
      write: (_offset, value) => this.design.io(this.locks(pm), () => this.writeIo(pm, value)),
    };
  }

  private *readIo(pm: Pm): Routine<number> {
    let value = 0;
    yield* this.design.io(this.locks(pm), function* () {
      value = yield* pm.state.read();
    });
    return value;
  }

  private *writeIo(pm: Pm, value: number): Routine {
    const { next } = this.place;
    yield* pm.state.write(value);
    if (next === undefined || value === 0) return;
    yield* accessSpace(next.space(), { address: next.address, size: 4, value: value - 1 });
  }

  private *control(pm: Pm, value: number): Routine {
    const { design } = this;
    const { io, state } = pm;
    if (io === undefined) return;
    const change = () => design.reprogram(io, value - (value % 2), value % 2 === 1);
    yield* design.control(this.locks(pm), () => set(state, value), change);
  }
}

function* set(state: Plain<number>, value: number): Routine {
  yield* state.write(value);
}
