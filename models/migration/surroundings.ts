import type { Routine } from '../../src/index.js';
import type { QomObject } from '../qom/object.js';
import type { Migration } from './migration.js';
import type { MigrationStatus } from './state.js';

/** What the rest of the process has to do with a migration. What is absent does not happen. */
export interface MigrationSurroundings {
  /** The state has changed: migrate_generate_event. */
  readonly stateChanged?: (status: MigrationStatus) => Routine;
  /** All of the memory is to be looked at, for the n-th time: memory_bitmap_sync's event. */
  readonly pass?: (count: number) => Routine;
  /** Stops the guest, to send the rest: migration_stop_vm. Called under the big lock. */
  readonly stopGuest?: () => Routine;
  /** The thread is done, and the guest is to run elsewhere, or here after all: migration_iteration_finish. Called under the big lock. */
  readonly finished?: (moved: boolean) => Routine;
  /** Whether the state of devices has a state of its own (since 10.0). */
  readonly deviceStatus?: boolean;
  /** The bandwidth below which the guest dirties memory faster than it can be sent: such a migration ends only by being cancelled. */
  readonly needed?: number;
  /** The network fails when the guest has moved: who writes to the channel gets an error. */
  readonly lost?: boolean;
}

/** migrate_set_state: nothing if the state is another one by now. */
export function* migrateSetState(
  migration: Migration,
  object: QomObject,
  from: MigrationStatus,
  to: MigrationStatus,
): Routine {
  const { stateChanged } = migration.surroundings;
  const found = yield* migration.state(object).status.compareExchange(from, to);
  if (found === from && stateChanged !== undefined) yield* stateChanged(to);
}
