import type { Mutex, Plain, Routine } from '../../src/index.js';
import { unlockedRead } from '../unlocked-read.js';
import type { Migration } from './migration.js';
import { type QemuFile, qemuFileShutdown } from './qemu-file.js';
import type { MigrationState } from './state.js';

/** Where the migration object keeps one of its files while it is open. */
type FileSlot = Plain<QemuFile | undefined>;

/** Shuts the file down that is in a slot, if any. */
export function* shutIfOpen(slot: FileSlot): Routine {
  const file = yield* slot.read();
  if (file !== undefined) yield* qemuFileShutdown(file);
}

/** The same for somebody who is not the one to close it: with the lock, or as it once was without. */
export function* shutFromOutside(
  { sim, past }: Migration,
  state: MigrationState,
  name: 'fromDstFile' | 'toDstFile',
): Routine {
  const slot = state[name];
  if (past.shutsWithoutLock === name) {
    const read = yield* unlockedRead(sim, slot);
    const file = yield* read();
    if (file !== undefined) yield* qemuFileShutdown(file);
    return;
  }
  yield* state.qemuFileLock.lock();
  yield* shutIfOpen(slot);
  yield* state.qemuFileLock.unlock();
}

/** Takes the file out of a slot, to close it without the lock. */
export function* takeFile(lock: Mutex, slot: FileSlot): Routine<QemuFile | undefined> {
  yield* lock.lock();
  const file = yield* slot.read();
  yield* slot.write(undefined);
  yield* lock.unlock();
  return file;
}
