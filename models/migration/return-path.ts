import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import { migrateHasError, migrateSetError } from './error.js';
import { shutIfOpen, takeFile } from './file-slot.js';
import type { Migration } from './migration.js';
import { type QemuFile, qemuFileClose, qemuFileNew } from './qemu-file.js';
import { isRunning } from './state.js';

/** What comes back: the answer to a ping, or that nothing more will come; or the channel has an error. */
type Message = 'pong' | 'shut' | 'error';

/** What the destination says in all: that it got the ping that comes first, and that it has everything. */
const answers: readonly Message[] = ['pong', 'shut'];

/**
 * Opens the other direction of the channel and starts the thread that reads it, in the main thread under the big lock. The thread
 * holds no reference on the object: whoever closes the return path joins it, and holds one.
 *
 * Upstream: migration/migration.c:open_return_path_on_source.
 */
export function* openReturnPathOnSource(
  migration: Migration,
  object: QomObject,
  toDstFile: QemuFile,
): Routine {
  const { sim } = migration;
  const { fromDstFile, returnPathThread } = migration.state(object);
  // qemu_file_get_return_path
  const file = yield* qemuFileNew(sim, 'return path');
  yield* fromDstFile.write(file);
  const body = () => sourceReturnPathThread(migration, object, file, toDstFile);
  yield* returnPathThread.write(yield* sim.spawn('return path', body));
}

/**
 * Reads what the destination says while a migration is running. Whether it is, is asked of the global pointer before each message,
 * without the big lock: resetting the pointer meanwhile is a data race. Left out: what is said of pages, which others wait for, and kicking the migration thread out of a recovery.
 *
 * Upstream: migration/migration.c:source_return_path_thread.
 */
function* sourceReturnPathThread(
  migration: Migration,
  object: QomObject,
  file: QemuFile,
  toDstFile: QemuFile,
): Routine {
  const { sim, current, probes } = migration;
  let answered = 0;
  for (;;) {
    const asked = yield* current.read();
    if (asked === undefined || !isRunning(yield* migration.state(asked).status.load())) break;
    const message = yield* receive(migration, file, toDstFile, answered);
    if (message === 'error') yield* migrateSetError(migration, object, 'the return path failed');
    if (message !== 'pong') break;
    answered += 1;
  }
  sim.log('source_return_path_thread: ends');
  if (probes.returned !== undefined) yield* probes.returned();
}

/**
 * qemu_get_be16 and what follows it: waits for the destination, or for somebody who shuts the file down. The destination says nothing
 * before it has everything: who reads is then asked twice all the same whether a migration runs.
 */
function* receive(
  { sim }: Migration,
  file: QemuFile,
  toDstFile: QemuFile,
  answered: number,
): Routine<Message> {
  const arrived = () => file.shut.peek() || toDstFile.complete.peek();
  yield* sim.until(arrived, 'a message from the destination');
  if (yield* file.shut.load()) return 'error';
  return answers[answered] ?? 'error';
}

/**
 * Waits until the destination has nothing more to say, unless there is an error already, and closes the file. Returns whether there
 * was an error. In the migration thread without the big lock, or in the main thread with it.
 *
 * Upstream: migration/migration.c:close_return_path_on_source, migration_release_dst_files.
 */
export function* closeReturnPathOnSource(
  migration: Migration,
  object: QomObject,
): Routine<boolean> {
  const { sim } = migration;
  const { returnPathThread, fromDstFile, qemuFileLock } = migration.state(object);
  const thread = yield* returnPathThread.read();
  if (thread === undefined) return false;
  sim.log('close_return_path_on_source');
  yield* qemuFileLock.lock();
  if (yield* migrateHasError(migration, object)) yield* shutIfOpen(fromDstFile);
  yield* qemuFileLock.unlock();
  sim.log('qemu_thread_join: the return path');
  yield* thread.join();
  yield* returnPathThread.write(undefined);
  const file = yield* takeFile(qemuFileLock, fromDstFile);
  if (file !== undefined) yield* qemuFileClose(sim, file);
  return yield* migrateHasError(migration, object);
}
