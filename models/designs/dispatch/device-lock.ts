import type { Mutex, Routine } from '../../../src/index.js';
import type { MemoryRegion } from '../../memory/region.js';
import type { QomObject } from '../../qom/object.js';
import { per } from './per.js';

/** A lock of a device, part of it. Not recursive; a thread knows whether it holds it. */
export class DeviceLock {
  private readonly holders = new Set<string>();

  constructor(
    private readonly owner: QomObject,
    readonly mutex: Mutex,
  ) {}

  /** Whether the thread that asks holds it: its own knowledge, not a step. */
  get mine(): boolean {
    return this.holders.has(this.owner.qom.sim.self);
  }

  /** Runs a routine under the lock. */
  *guard<T>(run: () => Routine<T>): Routine<T> {
    yield* this.mutex.lock();
    this.holders.add(this.owner.qom.sim.self);
    const result = yield* run();
    this.holders.delete(this.owner.qom.sim.self);
    yield* this.mutex.unlock();
    return result;
  }
}

/** A lock of which each thread knows whether it holds it: the big lock, or a device's. */
type Owned = Pick<DeviceLock, 'mine' | 'guard'>;

/** Runs a routine under a lock, unless there is none or the thread holds it. */
export function* around<T>(lock: Owned | undefined, run: () => Routine<T>): Routine<T> {
  return lock === undefined || lock.mine ? yield* run() : yield* lock.guard(run);
}

const ofOwner = per((owner: QomObject) => new DeviceLock(owner, owner.instance.mutex('lock')));

/** The lock of the device that a region is of: nothing for regions of nobody. */
export function deviceLock({ owner }: Pick<MemoryRegion, 'owner'>): DeviceLock | undefined {
  return owner && ofOwner(owner);
}
