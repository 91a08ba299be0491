import type { Block, Plain, Routine } from '../../src/index.js';
import type { Outcome } from '../memory/access.js';
import { type MemoryRegion, type RegionOps, regionInit } from '../memory/region.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciDma, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';

/** Registers of a device that does DMA, by offset in its bar. */
export const dmaRegister = {
  /** A write makes the device write the same value to its target. */
  doorbell: 0,
  /** Where that is. */
  target: 4,
} as const;

interface DmaEngine {
  readonly place: Block;
  readonly target: Plain<number>;
  /** What came of the last DMA. */
  readonly last: Plain<Outcome['result'] | undefined>;
  bar: MemoryRegion | undefined;
}

/**
 * A PCI device that is told to write to an address. It works under the big lock, and nothing stops a guest from naming a register of the
 * device itself, or of another.
 *
 * Upstream: hw/net/e1000.c:start_xmit and whoever else fetches and writes back descriptors; issues 540 to 557 of upstream's tracker.
 */
export const dmaEngineType: PciDeviceTypeInfo<DmaEngine> = {
  name: 'e1000',
  parent: pciBusMasterType.name,
  fields: (block) => ({
    place: block.embed('mmio'),
    target: block.plain('target', 0),
    last: block.plain<Outcome['result'] | undefined>('last DMA', undefined),
    bar: undefined,
  }),
  *realize(device) {
    yield* pciInitBusMaster(device);
    const space = yield* pciAddressSpace(device);
    const engine = device.as(dmaEngineType);
    engine.bar = yield* regionInit(space.memory, engine.place, {
      name: 'mmio',
      size: 0x10,
      owner: device,
      ops: new DmaOps(device, engine),
    });
    yield* pciRegisterBar(device, engine.bar, space);
  },
};

/** What came of the last DMA of a device. */
export function* lastDma(device: QomObject): Routine<Outcome['result'] | undefined> {
  return yield* device.as(dmaEngineType).last.read();
}

class DmaOps implements RegionOps {
  readonly name = 'dma_engine_ops';

  constructor(
    private readonly device: QomObject,
    private readonly engine: DmaEngine,
  ) {}

  *read(): Routine<number> {
    return yield* this.engine.target.read();
  }

  *write(offset: number, value: number): Routine {
    const { device, engine } = this;
    if (offset === dmaRegister.target) {
      yield* engine.target.write(value);
      return;
    }
    const address = yield* engine.target.read();
    const { result } = yield* pciDma(device, { address, size: 4, value });
    yield* engine.last.write(result);
  }
}
