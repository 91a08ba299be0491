import { inPieces } from '../../memory/access.js';
import type { MemoryDesign } from '../../memory/design.js';
import { head, reachPiece } from './head.js';

/**
 * Upstream when the debate began, in August 2012: look-up and callback are in one stretch under the big lock, the map references nobody, and
 * old maps are freed at once.
 */
export const upstream2012: MemoryDesign = {
  ...head,
  name: 'upstream-2012',
  unguarded: true,
  viewHolds: () => undefined,
  *dispatch({ memory, currentMap }, access, reach) {
    return yield* memory.underBigLock(() =>
      inPieces(access, function* (rest) {
        return yield* reachPiece(yield* currentMap.load(), rest, reach);
      }),
    );
  },
  *reclaim(_memory, destroy) {
    yield* destroy();
  },
};
