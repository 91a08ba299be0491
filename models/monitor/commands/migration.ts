import type { Routine } from '../../../src/index.js';
import { migrationCancel } from '../../migration/cancel.js';
import { currentState, migrationIsRunning } from '../../migration/current.js';
import { qmpMigrateIncoming } from '../../migration/incoming.js';
import type { Migration } from '../../migration/migration.js';
import { qmpMigrateSetParameters } from '../../migration/savevm.js';
import { qmpMigrate } from '../../migration/start.js';
import { QemuError } from '../../qom/error.js';
import {
  boolShape,
  listShape,
  optional,
  sizeShape,
  stringShape,
  structShape,
} from '../../qom/visitors/shape.js';
import { type Answer, command, type MonitorCommand } from '../command.js';
import type { Vm } from '../vm.js';

/** The commands of migration. Upstream: qapi/migration.json, migration/migration.c, migration/options.c. */
export const migrationCommands: Readonly<Record<string, MonitorCommand>> = {
  'query-migrate': command({}, function* (vm): Routine<Answer> {
    const { status } = yield* currentState(migrationOf(vm));
    const now = yield* status.load();
    const shown =
      vm.version.incomingSetup === 'shown' && (yield* vm.incoming?.started.read() ?? no());
    // fill_source_migration_info, fill_destination_migration_info; their numbers are left out.
    if (now === 'none') return shown ? { status: 'setup' } : undefined;
    return { status: now };
  }),
  'migrate-set-parameters': command(
    { 'max-bandwidth': optional(sizeShape) },
    function* (vm, { 'max-bandwidth': bandwidth }): Routine<Answer> {
      if (bandwidth !== undefined) yield* qmpMigrateSetParameters(migrationOf(vm), bandwidth);
    },
    { preconfig: true },
  ),
  'migrate-set-capabilities': command(
    { capabilities: listShape(structShape({ capability: stringShape, state: boolShape })) },
    function* (vm, { capabilities }): Routine<Answer> {
      for (const { capability, state } of capabilities) {
        if (capability !== 'events') {
          return new QemuError(`Parameter 'capability' does not accept value '${capability}'`);
        }
        yield* vm.runState.migrationEvents.write(state);
      }
      return undefined;
    },
    { preconfig: true },
  ),
  migrate: command({ uri: stringShape }, function* (vm): Routine<Answer> {
    const migration = migrationOf(vm);
    // migrate_prepare
    if (yield* migrationIsRunning(migration, true)) {
      return new QemuError("There's a migration process in progress");
    }
    if ((yield* vm.runState.state.read()) === 'inmigrate') {
      return new QemuError('Guest is waiting for an incoming migration');
    }
    if ((yield* vm.runState.state.read()) === 'postmigrate') {
      return new QemuError("Can't migrate the vm that was paused due to previous migration");
    }
    yield* qmpMigrate(migration);
    return undefined;
  }),
  'migrate-incoming': command({ uri: stringShape }, function* (vm): Routine<Answer> {
    const { incoming, runState, version } = vm;
    if (incoming === undefined || (yield* runState.state.read()) !== 'inmigrate') {
      return new QemuError("'-incoming' was not specified on the command line");
    }
    if (yield* incoming.started.read()) {
      return new QemuError('The incoming migration has already been started');
    }
    yield* incoming.started.write(true);
    const setup = { event: 'MIGRATION', data: { status: 'setup' } };
    if (version.incomingSetup === 'told') yield* runState.tell(setup);
    const references = { coroutine: true, bottomHalf: true };
    yield* qmpMigrateIncoming(migrationOf(vm), incoming.channel, references);
    return undefined;
  }),
  migrate_cancel: command({}, (vm): Routine<Answer> => migrationCancel(migrationOf(vm))),
};

function migrationOf({ machine, migration }: Vm): Migration {
  return migration ?? machine.sim.fail('migrate_get_current: there is no migration object');
}

function* no(): Routine<boolean> {
  return false;
}
