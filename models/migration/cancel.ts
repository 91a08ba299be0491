import type { Routine } from '../../src/index.js';
import { currentState } from './current.js';
import type { Migration } from './migration.js';
import { isRunning } from './state.js';

/**
 * Asks a running migration to stop, and waits for nothing.
 *
 * Upstream: migration/migration.c:migration_cancel. Left out: the return path, waking a paused migration.
 */
export function* migrationCancel(migration: Migration): Routine {
  const { status, qemuFileLock, toDstFile } = yield* currentState(migration);
  let seen = yield* status.load();
  while (isRunning(seen) && seen !== 'cancelling') {
    yield* status.compareExchange(seen, 'cancelling');
    seen = yield* status.load();
  }
  if (seen !== 'cancelling') return;
  // qemu_file_shutdown, so that the thread is not stuck in a write
  yield* qemuFileLock.lock();
  yield* toDstFile.read();
  yield* qemuFileLock.unlock();
}
