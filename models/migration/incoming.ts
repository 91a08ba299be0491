import type { Atomic, Routine } from '../../src/index.js';
import { Coroutine, type CoroutineBody, coroutineYield } from '../mainloop/coroutine.js';
import type { Fd } from '../mainloop/fd-handler.js';
import { migrationBhSchedule } from './bottom-half.js';
import { migrateGetCurrent, migrateMaxBandwidth } from './current.js';
import { holders } from './design.js';
import { migrateSetError } from './error.js';
import type { Migration } from './migration.js';

/** Where an incoming migration comes from: readable when there is data, or when there never will be. */
export interface IncomingChannel extends Fd {
  readonly lost: Atomic<boolean>;
}

/** Who keeps the (outgoing) migration object alive for an incoming migration, which uses its options and its error. */
export interface IncomingReferences {
  /** The coroutine that loads, until it ends (since upstream commit d657a14de5). */
  readonly coroutine: boolean;
  /** The bottom half that starts the guest, until it has run (since upstream commit 27eb8499ed). */
  readonly bottomHalf: boolean;
}

/**
 * The command that begins an incoming migration, in the main thread under the big lock. What is loaded comes through a coroutine, which
 * is parked while the channel has no data.
 *
 * Upstream: migration/migration.c:qmp_migrate_incoming, migration_incoming_process.
 */
export function* qmpMigrateIncoming(
  migration: Migration,
  channel: IncomingChannel,
  references: IncomingReferences,
): Routine {
  migration.sim.log('qmp_migrate_incoming');
  if (references.coroutine) {
    yield* migration.design.take(migration, yield* migrateGetCurrent(migration), holders.coroutine);
  }
  const coroutine: Coroutine = new Coroutine(
    processIncoming(migration, channel, references, () => coroutine.enter()),
  );
  yield* coroutine.enter();
}

/**
 * process_incoming_migration_co. Its reference is on what the global pointer says when it ends (migrate_incoming_unref_outgoing_state),
 * whatever it was when it began.
 */
function* processIncoming(
  migration: Migration,
  channel: IncomingChannel,
  references: IncomingReferences,
  resume: () => Routine,
): CoroutineBody {
  const object = yield* migrateGetCurrent(migration);
  migration.sim.log('process_incoming_migration_co: qemu_loadvm_state');
  if (!(yield* channel.readable.load())) yield* channelYield(migration, channel, resume);
  if (yield* channel.lost.load()) yield* migrateSetError(migration, object, 'the channel was lost');
  else yield* scheduleIncomingBh(migration, references);
  if (references.coroutine) {
    migration.sim.log('migrate_incoming_unref_outgoing_state');
    yield* migration.design.drop(migration, yield* migrateGetCurrent(migration), holders.coroutine);
  }
}

/** io/channel.c:qio_channel_yield: parks the coroutine until the channel is readable. */
function* channelYield(
  { sim, loop }: Migration,
  channel: IncomingChannel,
  resume: () => Routine,
): CoroutineBody {
  const { fds } = loop.context;
  yield* fds.set('incoming channel', channel, function* () {
    yield* fds.remove(channel);
    yield* resume();
  });
  sim.log('qio_channel_yield: the coroutine is parked');
  yield* coroutineYield();
  sim.log('process_incoming_migration_co goes on');
}

/** Schedules process_incoming_migration_bh, which asks the options of the migration object. */
function* scheduleIncomingBh(migration: Migration, { bottomHalf }: IncomingReferences): Routine {
  const name = 'process_incoming_migration_bh';
  const body = () => processIncomingBh(migration);
  if (bottomHalf) return yield* migrationBhSchedule(migration, name, body);
  const { bottomHalves } = migration.loop;
  yield* bottomHalves.schedule(yield* bottomHalves.create(name, body));
}

function* processIncomingBh(migration: Migration): Routine {
  if (migration.probes.incoming !== undefined) yield* migration.probes.incoming();
  yield* migrateMaxBandwidth(migration);
}
