import type { Block, Plain, Routine, Sim } from '../../src/index.js';

/** A channel for the state of a machine. Upstream: migration/qemu-file.c:struct QEMUFile. */
export interface QemuFile {
  readonly block: Block;
  readonly rateLimit: Plain<number>;
}

/** qemu_file_new_output */
export function* qemuFileNew(sim: Sim, name: string): Routine<QemuFile> {
  const block = yield* sim.alloc(name);
  return { block, rateLimit: block.plain('rate_limit_max', 0) };
}

/** qemu_fclose */
export function* qemuFileClose(sim: Sim, file: QemuFile): Routine {
  yield* sim.free(file.block);
}
