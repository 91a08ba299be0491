import type { Atomic, Mutex, Plain, Routine, Sim } from '../../src/index.js';
import type { BigLock } from '../mainloop/big-lock.js';
import type { MainLoop } from '../mainloop/main-loop.js';
import type { DeviceTypeInfo } from '../qdev/device-type.js';
import { Census } from '../qom/census.js';
import { CurrentInstance } from '../qom/current-instance.js';
import type { QomObject } from '../qom/object.js';
import { Qom } from '../qom/qom.js';
import type { MigrationDesign } from './design.js';
import { type MigrationState, migrationFields } from './state.js';
import type { MigrationSurroundings } from './surroundings.js';

/** Where a scenario may watch the migration thread; nothing here is upstream's. */
export interface MigrationProbes {
  /** It has begun, and the design's part of its beginning is over. */
  began?: () => Routine;
  /** It has left its loop. */
  sent?: () => Routine;
  /** It has scheduled the bottom half that cleans up. */
  scheduled?: () => Routine;
  /** The thread of the return path has left its loop. */
  returned?: () => Routine;
  /** It has given its channel up. */
  paused?: () => Routine;
  /** The bottom half of an incoming migration has begun. */
  incoming?: () => Routine;
}

/** What management asked for, of an outgoing migration. Upstream: migration/options.c. */
export interface MigrationCapabilities {
  /** The destination answers, and a thread reads what it says. */
  readonly returnPath?: boolean;
  /** The guest moves first, and its memory follows; the destination answers then, too. */
  readonly postcopy?: boolean;
}

/** What was once otherwise. */
export interface MigrationPast {
  /** The file that is shut down without qemu_file_lock: the return path until commit 43044ac0ee, the channel until 7478fb0df9. */
  readonly shutsWithoutLock?: 'fromDstFile' | 'toDstFile';
}

/** What the migration subsystem is made of. What it does is in the files beside this one, one function of upstream's each. */
export interface MigrationOptions {
  readonly sim: Sim;
  readonly bigLock: BigLock;
  readonly loop: MainLoop;
  readonly design: MigrationDesign;
  /**
   * How many times the migration thread goes round before all is sent. With none it asks nothing of the pointer without the big lock:
   * for hazards that are about something else.
   */
  readonly iterations: number;
  readonly capabilities?: MigrationCapabilities;
  readonly past?: MigrationPast;
  /** The object model of the machine; absent: the migration has one of its own. */
  readonly qom?: Qom;
}

/** The migration subsystem. Upstream: migration/migration.c. */
export class Migration {
  readonly sim: Sim;
  readonly bigLock: BigLock;
  readonly loop: MainLoop;
  readonly design: MigrationDesign;
  readonly iterations: number;
  readonly capabilities: MigrationCapabilities;
  /** Whether there is a return path. */
  readonly hasReturnPath: boolean;
  readonly past: MigrationPast;
  readonly qom: Qom;
  readonly type: DeviceTypeInfo<MigrationState>;
  /** current_migration */
  readonly current: CurrentInstance;
  /** The pointer that the design shows to code outside the subsystem: upstream, the same. */
  readonly exported: CurrentInstance;
  /** The lock of the design that protects the pointer by one. */
  readonly mutex: Mutex;
  readonly census: Census;
  /** How many users the object has inside the subsystem, in the design that counts them. */
  readonly users: Atomic<number>;
  /** Why the machine must not be migrated. */
  readonly blockers: Plain<readonly string[]>;
  readonly probes: MigrationProbes = {};
  /** Set during set-up. */
  surroundings: MigrationSurroundings = {};

  constructor(options: MigrationOptions) {
    const { sim, bigLock, loop, design, iterations, capabilities = {}, past = {}, qom } = options;
    this.sim = sim;
    this.bigLock = bigLock;
    this.loop = loop;
    this.design = design;
    this.iterations = iterations;
    this.capabilities = capabilities;
    this.hasReturnPath = capabilities.returnPath === true || capabilities.postcopy === true;
    this.past = past;
    this.current = new CurrentInstance(sim, 'current_migration');
    this.exported = design.secondPointer
      ? new CurrentInstance(sim, 'global_migration')
      : this.current;
    this.mutex = sim.mutex('migration_mutex');
    this.census = new Census(sim, 'migration');
    this.users = sim.atomic('migration users', 0);
    this.blockers = sim.plain<readonly string[]>('migration_blockers', []);
    this.type = {
      name: 'migration',
      parent: 'device',
      userCreatable: false,
      fields: migrationFields,
      instanceInit: (object) => this.initialize(object),
      instanceFinalize: (object) => design.dying(this, object),
    };
    this.qom = qom ?? new Qom(sim);
    if (qom === undefined) {
      this.qom.types.register({ name: 'device', parent: 'object', abstract: true });
    }
    this.qom.types.register(this.type);
    // Where there is a machine, it has done so.
    if (qom === undefined) this.qom.types.initializeAll();
  }

  /** migration_instance_init */
  private *initialize(object: QomObject): Routine {
    yield* this.census.add(object);
    yield* this.design.born(this, object);
  }

  /** MIGRATION_OBJ() */
  state(object: QomObject): MigrationState {
    return object.as(this.type);
  }
}
