import type { Mutex, Routine } from '../../src/index.js';
import type { BigLock } from '../mainloop/big-lock.js';
import type { MemoryRegion } from '../memory/region.js';

/** The locks of a device. */
export interface Locks {
  readonly bigLock: BigLock;
  /** The device's own. */
  readonly own: Mutex;
}

/** Does something with the device's state, under the locks that it takes. */
export type Locking = (locks: Locks, body: () => Routine) => Routine;

/** An answer to: which locks does a device take where, in which order, and how does it move its region? */
export interface LockingDesign {
  readonly name: string;
  /** Which regions have callbacks without the big lock. */
  readonly lockless: { readonly io: boolean; readonly control: boolean };
  /** Around the callback of the fast region. */
  readonly io: Locking;
  /**
   * Around the callback of the control region.
   *
   * @param change - the change of the map that follows from the change of state, if one does: needs the big lock
   */
  readonly control: (locks: Locks, body: () => Routine, change: () => Routine) => Routine;
  /** Around what unrealize does with the state; it is called under the big lock. */
  readonly unrealize: Locking;
  /** Brings a region to an address, enabled or not. The big lock is held. */
  readonly reprogram: (region: MemoryRegion, address: number, enabled: boolean) => Routine;
}
