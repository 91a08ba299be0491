import { type MigrationPast, mainThread, qmpMigrate, upstream } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { quit, statusIs } from '../migration/hazards/quit.js';
import { window } from '../window.js';
import { migrationOf } from './migration-of.js';

function quitWhileClosing(past: MigrationPast) {
  return (sim: Sim): void => {
    const capabilities = { returnPath: true };
    const migration = migrationOf(sim, upstream, { capabilities, past });
    const closing = window(sim, 'return path not read any more, migration not yet cancelled');
    migration.probes.returned = closing.open;
    sim.thread('main', () =>
      mainThread(migration, {
        commands: [
          { execute: () => qmpMigrate(migration) },
          quit(migration, statusIs(migration, ['active', 'completed'])),
        ],
        shutDown: closing.close,
      }),
    );
  };
}

/** Who cancels shuts the return path down, which may be closed meanwhile: the destination has said that there is nothing more. */
export const returnPathClosed: Bug = {
  name: 'return-path-closed',
  title: 'migration: cancelled while the return path is closed',
  description: 'quit, which cancels, while the return path is closed because all is said',
  commit: '43044ac0ee',
  before: quitWhileClosing({ shutsWithoutLock: 'fromDstFile' }),
  after: quitWhileClosing({}),
};
