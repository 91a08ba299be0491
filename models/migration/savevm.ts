import type { Routine } from '../../src/index.js';
import { currentState } from './current.js';
import type { Migration } from './migration.js';
import { qemuFileClose, qemuFileNew } from './qemu-file.js';

/**
 * Saves a snapshot, in the main thread under the big lock: the file is what the migration object writes to meanwhile.
 *
 * Upstream: migration/savevm.c:save_snapshot, qemu_savevm_state.
 *
 * @param forget - whether the object forgets the file before it is closed (since upstream commit f9c8caa04f)
 */
export function* saveSnapshot(migration: Migration, forget: boolean): Routine {
  const { sim } = migration;
  const file = yield* qemuFileNew(sim, 'snapshot');
  sim.log('save_snapshot');
  const { toDstFile } = yield* currentState(migration);
  yield* toDstFile.write(file);
  if (forget) yield* toDstFile.write(undefined);
  yield* qemuFileClose(sim, file);
}

/** The command that sets an option, here how fast to send: of the channel as well, if there is one. Upstream: migrate_params_apply. */
export function* qmpMigrateSetParameters(migration: Migration, bandwidth: number): Routine {
  const { maxBandwidth, toDstFile } = yield* currentState(migration);
  migration.sim.log('migrate_params_apply');
  yield* maxBandwidth.write(bandwidth);
  const file = yield* toDstFile.read();
  if (file !== undefined) yield* file.rateLimit.write(bandwidth);
}
