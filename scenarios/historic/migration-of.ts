import {
  BigLock,
  MainLoop,
  Migration,
  type MigrationDesign,
  upstream,
} from '../../models/index.js';
import type { Sim } from '../../src/index.js';

/** The migration subsystem of a process that has nothing else. */
export function migrationOf(sim: Sim, design: MigrationDesign = upstream): Migration {
  const bigLock = new BigLock(sim);
  return new Migration({ sim, bigLock, loop: new MainLoop(sim, bigLock), design, iterations: 0 });
}
