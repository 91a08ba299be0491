import { mainThread, qmpMigrateSetParameters, saveSnapshot } from '../../models/index.js';
import type { Sim } from '../../src/index.js';
import type { Bug } from '../historic.js';
import { quit } from '../migration/hazards/quit.js';
import { migrationOf } from './migration-of.js';

function saveThenSet(forget: boolean) {
  return (sim: Sim): void => {
    const migration = migrationOf(sim);
    const save = () => saveSnapshot(migration, forget);
    const set = () => qmpMigrateSetParameters(migration, 2);
    const commands = [{ execute: save }, { execute: set }, quit(migration)];
    sim.thread('main', () => mainThread(migration, { commands }));
  };
}

/** A snapshot's file stays in the migration object when it is closed, and the next change of an option is passed on to it. */
export const savevmFile: Bug = {
  name: 'savevm-file',
  title: 'migration: the file of a snapshot',
  description: 'savevm, then migrate-set-parameters, which looks for a channel',
  commit: 'f9c8caa04f',
  before: saveThenSet(false),
  after: saveThenSet(true),
};
