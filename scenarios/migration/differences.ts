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

/** So does the coroutine of an incoming migration when it ends (migration.c:migrate_incoming_unref_outgoing_state). */
const incomingWaits: Difference = {
  found: ['assertion'],
  because:
    'join, drop, clear waits for no incoming migration, whose coroutine asserts at its end that the pointer is set',
};

/** Where the search disagrees with a claim. */
export const differences: Differences = {
  G11a: {
    'shutdown-vs-bottom-half': bottomHalfPending,
    'shutdown-vs-thread-start': bottomHalfPending,
    'shutdown-vs-running': bottomHalfPending,
    'migrating-vs-locked-helper': bottomHalfPending,
    'introspection-after': bottomHalfPending,
    'shutdown-vs-incoming': incomingWaits,
  },
  G11b: { 'shutdown-vs-incoming': incomingWaits },
};
