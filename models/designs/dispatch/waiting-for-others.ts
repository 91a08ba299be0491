import type { MemoryDesign } from '../../memory/design.js';
import { removedOf, untilUnused } from './users.js';
import { underMapLock, waitingDeregistration } from './waiting-deregistration.js';

/**
 * D19. D18, and a thread that deregisters the region it is in does not wait for itself. Considered by Jan Kiszka, disliked by Avi Kivity,
 * 2012: detecting one's own thread is fragile.
 */
export const deregistrationWaitsForOthers: MemoryDesign = {
  ...waitingDeregistration,
  name: 'waiting-for-others',
  *publish(memory, changed, rebuild) {
    yield* underMapLock(memory, rebuild);
    for (const region of yield* removedOf(changed)) yield* untilUnused(region, true);
  },
};
