import type { Differences } from '../claim.js';
import type { Difference } from '../entry.js';

/**
 * The bottom half that cleans up asks the global pointer, when it runs, which object its reference is on
 * (migration.c:migration_bh_dispatch_bh). The thread schedules it before it ends, so after the join it is still to come, and
 * the reference that migration_shutdown drops is not the last.
 */
const bottomHalfPending: Difference = {
  found: ['assertion'],
  because:
    'join, drop, clear leaves the cleanup bottom half to run later, and it asserts that the pointer is set',
};

/**
 * Between reading the pointer and following it nothing holds the object: resetting the pointer, wherever that is done, does not reach
 * a thread that has read it. The mutex of the later series, or a reference that cannot rise from zero, does.
 */
const nothingHeld: Difference = {
  found: ['I1'],
  because:
    'a helper without a lock read the pointer before finalize reset it, and follows it after',
};

/** Where the search disagrees with a claim. */
export const differences: Differences = {
  G9: {
    'shutdown-vs-unlocked-helper': nothingHeld,
    'migrating-vs-unlocked-helper': nothingHeld,
  },
  G11a: {
    'shutdown-vs-bottom-half': bottomHalfPending,
    'shutdown-vs-thread-start': bottomHalfPending,
    'shutdown-vs-running': bottomHalfPending,
    'migrating-vs-locked-helper': bottomHalfPending,
    'introspection-after': bottomHalfPending,
  },
};
