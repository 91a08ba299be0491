import type { Routine, ThreadHandle } from '../../src/index.js';
import type { Command } from '../mainloop/aio-context.js';
import { vmShutdown } from '../mainloop/vm-shutdown.js';
import type { Migration } from './migration.js';
import { migrationObjectInit } from './object-init.js';
import { migrationShutdown } from './shutdown.js';

/** What a process does besides its commands. */
export interface Process {
  /** When everything is set up, before the main loop. */
  readonly started?: () => Routine;
  readonly commands: readonly Command[];
  /** The virtual CPUs, as they are when the guest is stopped. */
  readonly vcpus?: () => readonly ThreadHandle[];
  /** When the main loop has ended. */
  readonly loopEnded?: () => Routine;
  /** When migration_shutdown has returned. */
  readonly shutDown?: () => Routine;
  /** When the guest is stopped: the rest of qemu_cleanup. */
  readonly guestStopped?: () => Routine;
}

/**
 * The main thread from start to end. Threads that are left when it ends go on: upstream gives the big lock back before it calls
 * exit, and exit takes its time.
 *
 * Upstream: system/main.c:qemu_default_main, system/runstate.c:qemu_cleanup. Left out of the latter: all but the first two steps.
 */
export function* mainThread(migration: Migration, process: Process): Routine {
  const { bigLock, loop } = migration;
  yield* bigLock.lock();
  yield* migrationObjectInit(migration);
  if (process.started !== undefined) yield* process.started();
  yield* loop.run(process.commands);
  if (process.loopEnded !== undefined) yield* process.loopEnded();
  yield* migrationShutdown(migration);
  if (process.shutDown !== undefined) yield* process.shutDown();
  yield* vmShutdown(loop, bigLock, process.vcpus?.());
  if (process.guestStopped !== undefined) yield* process.guestStopped();
  yield* bigLock.unlock();
}
