import { migrateGetCurrent, migrationObjectInit, qmpMigrate } from '../../../models/index.js';
import { window } from '../../window.js';
import type { Hazard } from '../hazard.js';

/**
 * During a migration, management asks for the properties of its type, which upstream finds out from a temporary instance, and then for
 * the status. Asking must change nothing.
 */
export const introspection: Hazard = {
  name: 'introspection',
  title: 'introspection',
  description: 'qom-list-properties migration, then query-migrate, during a migration',
  iterations: 1,
  threads(sim, migration) {
    const during = window(sim, 'properties listed, migration thread still sends');
    migration.probes.sent = during.close;
    const { bigLock } = migration;
    sim.thread('main', function* () {
      yield* bigLock.lock();
      yield* migrationObjectInit(migration);
      yield* qmpMigrate(migration);
      yield* bigLock.unlock();
      sim.log('qmp_qom_list_properties');
      yield* bigLock.guard(() => migration.design.introspect(migration));
      yield* during.open();
      sim.log('qmp_query_migrate');
      yield* bigLock.guard(() => migrateGetCurrent(migration));
    });
  },
};
