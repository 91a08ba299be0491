import { mainThread, migrateGetCurrent } from '../../../models/index.js';
import type { Hazard } from '../hazard.js';
import { quit } from './quit.js';

/** Management asks for the properties of the type, which upstream finds out from a temporary instance, and then for the status. */
export const introspection: Hazard = {
  name: 'introspection',
  description: 'qom-list-properties migration, then query-migrate',
  threads(sim, migration) {
    const asked = sim.reachable('query-migrate after qom-list-properties');
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => migration.design.introspect(migration) },
          {
            *execute() {
              asked();
              yield* migrateGetCurrent(migration);
            },
          },
          quit(migration),
        ],
      }),
    );
  },
};
