import { mainThread, migrationIsRunning, qmpMigrate } from '../../../models/index.js';
import type { Hazard } from '../hazard.js';
import { quit, statusIs } from './quit.js';

/** The same when the migration is over: cleaned up, or about to be. Then management asks again, and ends the process. */
export const introspectionAfter: Hazard = {
  name: 'introspection-after',
  title: 'introspection afterwards',
  description:
    'qom-list-properties migration when a migration is over, then query-migrate and quit',
  iterations: 0,
  threads(sim, migration) {
    const over = sim.reachable('properties listed when the migration is over');
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => qmpMigrate(migration) },
          {
            arrived: statusIs(migration, ['completed']),
            *execute() {
              sim.log('qmp_qom_list_properties');
              yield* migration.design.introspect(migration);
              over();
              sim.log('qmp_query_migrate');
              yield* migrationIsRunning(migration, true);
            },
          },
          quit(migration),
        ],
      }),
    );
  },
};
