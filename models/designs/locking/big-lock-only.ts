import type { LockingDesign } from '../../devices/locking.js';
import { inTransaction } from './reprogram.js';

/**
 * The big lock, and nothing else: what all devices had in 2012, and most have now. Upstream: hw/acpi/piix4.c.
 */
export const bigLockOnly: LockingDesign = {
  name: 'big-lock-only',
  lockless: { io: false, control: false },
  io: (_locks, body) => body(),
  *control(_locks, body, change) {
    yield* body();
    yield* change();
  },
  unrealize: (_locks, body) => body(),
  reprogram: inTransaction,
};
