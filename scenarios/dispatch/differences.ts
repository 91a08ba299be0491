import type { Differences } from '../claim.js';
import type { Difference } from '../entry.js';

/**
 * The reference that dispatch took may be the last one by the time it is dropped: the virtual CPU then finalizes the device, whose
 * regions leave the map in transactions that assert the big lock (system/memory.c:memory_region_finalize).
 */
const finalizesWithoutLock: Difference = {
  found: ['assertion'],
  because:
    'the virtual CPU may drop the last reference, and finalizes the device without the big lock, which memory_region_finalize needs',
};

/**
 * Unplugging unparents the buses in place of a device at once (hw/core/qdev.c:device_unparent), which finalizes them; who references the
 * device keeps their memory and not the objects. A callback that was waiting meanwhile works on a finalized bus. Upstream does
 * the same; its IDE controllers of the chip set cannot be unplugged (hw/ide/piix.c), and what is left of a bus is empty.
 */
const busIsFinalized: Difference = {
  found: ['I9'],
  because:
    'unplugging finalizes the bus in place at once; a callback that waited works on a finalized bus in memory that is still there',
};

/** Where the search disagrees. */
export const differences: Differences = {
  head: { 'unplug-of-embedded-bus': busIsFinalized },
  D3: {
    'unplug-during-dispatch': finalizesWithoutLock,
    'unplug-of-embedded-bus': {
      found: ['assertion', 'I9'],
      because: `${finalizesWithoutLock.because}; ${busIsFinalized.because}`,
    },
  },
  D1: {
    'unplug-of-embedded-bus': {
      found: ['assertion', 'I2'],
      because:
        'unplugging unparents the bus in place, and its count is at zero when dispatch, which has just found it, raises it; where dispatch was earlier, its own reference is the last, and it finalizes the controller without the big lock',
    },
  },
  D8: { 'unplug-during-dispatch': finalizesWithoutLock },
  D9: { 'unplug-during-dispatch': finalizesWithoutLock },
  D10: { 'unplug-during-dispatch': finalizesWithoutLock },
  D11: { 'unplug-during-dispatch': finalizesWithoutLock },
  D25: { 'unplug-during-dispatch': finalizesWithoutLock },
};
