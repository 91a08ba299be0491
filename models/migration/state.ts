import type { Atomic, Block, Mutex, Plain, ThreadHandle } from '../../src/index.js';
import type { QemuFile } from './qemu-file.js';

/** Upstream: qapi/migration.json:MigrationStatus, the part that an outgoing migration goes through here. */
export type MigrationStatus =
  | 'none'
  | 'setup'
  | 'active'
  | 'postcopy-active'
  | 'postcopy-paused'
  | 'device'
  | 'completed'
  | 'failed'
  | 'cancelling'
  | 'cancelled';

/** What a migration object has. Upstream: migration/migration.h:struct MigrationState. */
export interface MigrationState {
  /**
   * Changed by compare-and-exchange; upstream's reads are ordinary ones of a single word, here loads.
   */
  readonly status: Atomic<MigrationStatus>;
  /** The joinable thread while there is one: upstream's `thread` and `migration_thread_running`. The main thread's alone. */
  readonly thread: Plain<ThreadHandle | undefined>;
  /** One of the parameters that option getters read, from any thread. */
  readonly maxBandwidth: Plain<number>;
  /** Protects `toDstFile` and `fromDstFile`. */
  readonly qemuFileLock: Mutex;
  /** The outgoing channel while it is open. */
  readonly toDstFile: Plain<QemuFile | undefined>;
  /** The other direction while it is open. */
  readonly fromDstFile: Plain<QemuFile | undefined>;
  /** The joinable thread that reads it, while there is one: upstream's `rp_thread` and `rp_thread_created`. */
  readonly returnPathThread: Plain<ThreadHandle | undefined>;
  /** Protects `error`. */
  readonly errorMutex: Mutex;
  /** What went wrong first. */
  readonly error: Plain<string | undefined>;
}

/** Lays out an instance. */
export function migrationFields(block: Block): MigrationState {
  return {
    status: block.atomic<MigrationStatus>('status', 'none'),
    thread: block.plain<ThreadHandle | undefined>('thread', undefined),
    maxBandwidth: block.plain('max_bandwidth', 1),
    qemuFileLock: block.mutex('qemu_file_lock'),
    toDstFile: block.plain<QemuFile | undefined>('to_dst_file', undefined),
    fromDstFile: block.plain<QemuFile | undefined>('from_dst_file', undefined),
    returnPathThread: block.plain<ThreadHandle | undefined>('rp_thread', undefined),
    errorMutex: block.mutex('error_mutex'),
    error: block.plain<string | undefined>('error', undefined),
  };
}

const running: ReadonlySet<MigrationStatus> = new Set<MigrationStatus>([
  'setup',
  'active',
  'postcopy-active',
  'postcopy-paused',
  'device',
  'cancelling',
]);

/** Whether a migration in this state is under way. Upstream: migration/migration.c:migration_is_running. */
export function isRunning(status: MigrationStatus): boolean {
  return running.has(status);
}

/** Whether it is sending. Upstream: migration/migration.c:migration_is_active. */
export function isActive(status: MigrationStatus): boolean {
  return status === 'active' || status === 'postcopy-active';
}
