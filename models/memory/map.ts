import type { Atomic, Block, Routine } from '../../src/index.js';
import { accessSpace } from './access.js';
import { type AddressSpace, regionUnreference } from './address-space.js';
import { findRegion } from './find.js';
import type { MemoryRegion } from './region.js';

/** Memory that a device works on as if it were its own. Upstream: the pointer that address_space_map returns. */
export interface Mapping {
  readonly region: MemoryRegion;
  readonly address: number;
  readonly size: number;
  /** What indirect memory is copied to and from. Upstream: struct BounceBuffer. */
  readonly bounce: Block | undefined;
}

/** How much memory of a space may be in bounce buffers. Upstream: `max_bounce_buffer_size`, `bounce_buffer_size`. */
export interface BounceBudget {
  readonly used: Atomic<number>;
  /** In bytes. */
  readonly limit: number;
}

/**
 * address_space_map: references the owner of what is there until address_space_unmap. What is not RAM is read into a bounce buffer,
 * which holds the same reference, while the budget lasts; then nothing is mapped.
 *
 * @param direct - whether the region is RAM
 */
export function* mapSpace(
  space: AddressSpace,
  address: number,
  size: number,
  direct: boolean,
  budget: BounceBudget,
): Routine<Mapping | undefined> {
  const region = yield* findRegion(space, address);
  if (region === undefined) return undefined;
  if (direct) return { region, address, size, bounce: undefined };
  const before = yield* budget.used.fetchAdd(size);
  if (before + size > budget.limit) {
    yield* budget.used.fetchAdd(-size);
    yield* regionUnreference(region);
    return undefined;
  }
  const bounce = yield* space.memory.sim.alloc(`bounce buffer of ${space.name}`);
  yield* accessSpace(space, { address, size });
  return { region, address, size, bounce };
}

/** address_space_unmap: writes the bounce buffer back where the device has written, and drops the reference. */
export function* unmapSpace(
  space: AddressSpace,
  { region, address, size, bounce }: Mapping,
  written: boolean,
  budget: BounceBudget,
): Routine {
  if (bounce !== undefined) {
    if (written) yield* accessSpace(space, { address, size, value: 0 });
    yield* space.memory.sim.free(bounce);
    yield* budget.used.fetchAdd(-size);
  }
  yield* regionUnreference(region);
}
