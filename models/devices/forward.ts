import type { Block, Routine } from '../../src/index.js';
import { accessSpace } from '../memory/access.js';
import type { AddressSpace } from '../memory/address-space.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import { addSubregion, delSubregion } from '../memory/region-tree.js';
import type { QomObject } from '../qom/object.js';
import { type PciDeviceTypeInfo, pciDeviceType } from './pci.js';

/** A window from one address space into another. */
export interface Forwarding {
  /** The type's name. */
  readonly name: string;
  /** What the window is in. */
  readonly from: () => MemoryRegion;
  /** Where in it. */
  readonly at: number;
  readonly size: number;
  /** Where accesses go. */
  readonly to: () => AddressSpace;
  /** The address there of what is at the beginning of the window. */
  readonly target: number;
  /** disable_reentrancy_guard */
  readonly unguarded?: boolean;
}

interface Forwarder {
  readonly place: Block;
  window: MemoryRegion | undefined;
}

/**
 * A device whose callbacks pass accesses on into another address space, while they run: memory into ports, or ports into memory. Two of
 * them can make a ring.
 *
 * Upstream: hw/pci-host/raven.c:raven_io_read (memory into ports), hw/ide/ich.c and hw/ide/ahci.c:ahci_idp_read (a pair of ports
 * into registers).
 */
export class ForwarderType {
  readonly info: PciDeviceTypeInfo<Forwarder>;
  private readonly forwarding: Forwarding;

  constructor(forwarding: Forwarding) {
    this.forwarding = forwarding;
    this.info = {
      name: forwarding.name,
      parent: pciDeviceType.name,
      fields: (block) => ({ place: block.embed('window'), window: undefined }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
    };
  }

  private *realize(device: QomObject): Routine {
    const { from, at, size, to, target, unguarded = false } = this.forwarding;
    const container = from();
    const fields = device.as(this.info);
    fields.window = yield* regionInit(container.memory, fields.place, {
      name: 'window',
      size,
      owner: device,
      ops: new ForwardingOps(to, target),
      unguarded,
    });
    yield* addSubregion(container, fields.window, at);
  }

  private *exit(device: QomObject): Routine {
    const { window } = device.as(this.info);
    if (window !== undefined) yield* delSubregion(this.forwarding.from(), window);
  }
}

class ForwardingOps implements RegionOps {
  readonly name = 'forwarding_ops';

  constructor(
    private readonly to: () => AddressSpace,
    private readonly target: number,
  ) {}

  *read(offset: number, size: number): Routine<number> {
    const outcome = yield* accessSpace(this.to(), { address: this.target + offset, size });
    return outcome.value;
  }

  *write(offset: number, value: number, size: number): Routine {
    yield* accessSpace(this.to(), { address: this.target + offset, size, value });
  }
}
