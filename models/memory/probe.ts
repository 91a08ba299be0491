import type { Routine } from '../../src/index.js';
import type { Access } from './access.js';
import type { AddressSpace } from './address-space.js';
import type { FlatRange, FlatView } from './flat-view.js';
import type { MemoryRegion, RegionOps } from './region.js';

/** Where a property may watch memory; nothing here is upstream's. A probe that is absent costs no step. */
export interface MemoryProbe {
  /** The outermost transaction is about to end: nothing of it is published yet. */
  readonly committing?: (changed: readonly MemoryRegion[]) => Routine;
  /** The outermost transaction has ended, and what its end waits for has come. */
  readonly committed?: (changed: readonly MemoryRegion[]) => Routine;
  /** The guest or a device begins an access. */
  readonly accessBegins?: (space: AddressSpace) => Routine;
  readonly accessEnded?: (space: AddressSpace) => Routine;
  /** A piece of an access was looked up; no range: nothing is there. */
  readonly lookedUp?: (view: FlatView, access: Access, range: FlatRange | undefined) => Routine;
  /** A callback is about to run, under the lock that the design takes. */
  readonly callbackBegins?: (region: MemoryRegion, ops: RegionOps) => Routine;
  readonly callbackEnded?: (region: MemoryRegion) => Routine;
}

/** Tells everybody who watches. */
export function* tell(
  { probes }: { readonly probes: readonly MemoryProbe[] },
  what: (probe: MemoryProbe) => Routine | undefined,
): Routine {
  for (const probe of probes) {
    const told = what(probe);
    if (told !== undefined) yield* told;
  }
}
