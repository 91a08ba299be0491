import type { Atomic, Block, Plain, Routine, Sim } from '../../src/index.js';

/** A channel for the state of a machine. Upstream: migration/qemu-file.c:struct QEMUFile. */
export interface QemuFile {
  /** For messages. */
  readonly name: string;
  readonly block: Block;
  readonly rateLimit: Plain<number>;
  /** Whether it was shut down: who reads or writes then gets an error. Upstream: `last_error`, and what shutdown(2) does. */
  readonly shut: Atomic<boolean>;
  /** Whether all was sent, so that the destination can answer. */
  readonly complete: Atomic<boolean>;
}

/** qemu_file_new_output */
export function* qemuFileNew(sim: Sim, name: string): Routine<QemuFile> {
  const block = yield* sim.alloc(name);
  return {
    name,
    block,
    rateLimit: block.plain('rate_limit_max', 0),
    shut: block.atomic('shut', false),
    complete: block.atomic('complete', false),
  };
}

/** qemu_file_shutdown: wakes whoever waits in it. */
export function* qemuFileShutdown(file: QemuFile): Routine {
  yield* file.shut.store(true);
}

/** qemu_fclose */
export function* qemuFileClose(sim: Sim, file: QemuFile): Routine {
  yield* sim.free(file.block);
}
