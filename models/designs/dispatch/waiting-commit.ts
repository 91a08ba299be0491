import type { MemoryDesign } from '../../memory/design.js';
import { quiesce, regionCount } from './region-count.js';

/**
 * D17. The end of a transaction waits until nobody is in any region that it changed, whether it took the region out, moved or hid it:
 * transactions stay synchronous, as every device expects. Argued by Jan Kiszka, 2012, with completions to wait for.
 */
export const waitingCommit: MemoryDesign = {
  ...regionCount,
  name: 'waiting-commit',
  *publish({ machine }, changed, rebuild) {
    yield* rebuild();
    yield* quiesce(machine, [...new Set(changed)]);
  },
};
