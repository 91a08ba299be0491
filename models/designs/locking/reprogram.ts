import type { Routine } from '../../../src/index.js';
import type { MemoryRegion } from '../../memory/region.js';
import { setAddress, setEnabled } from '../../memory/region-tree.js';
import { transactionBegin, transactionCommit } from '../../memory/transaction.js';

/**
 * D30. To enable: the address, then that it is enabled, as two changes; to disable: only that. Jan Kiszka's device of 2012. What lies
 * between the two, a region that was moved and is disabled, is nowhere to be found, so that no guest can tell it from D32.
 */
export function* addressThenEnabled(
  region: MemoryRegion,
  address: number,
  enabled: boolean,
): Routine {
  if (enabled) yield* setAddress(region, address);
  yield* setEnabled(region, enabled);
}

/** D31. The same in two lines: always the address, then whether it is enabled. Proposed by Avi Kivity, who took it back. */
export function* collapsed(region: MemoryRegion, address: number, enabled: boolean): Routine {
  yield* setAddress(region, address);
  yield* setEnabled(region, enabled);
}

/** D32. Both as one change. Proposed by Avi Kivity instead; the idiom since. */
export function* inTransaction(region: MemoryRegion, address: number, enabled: boolean): Routine {
  yield* transactionBegin(region.memory);
  yield* collapsed(region, address, enabled);
  yield* transactionCommit(region.memory, false, undefined);
}
