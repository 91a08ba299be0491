import {
  BigLock,
  MainLoop,
  Migration,
  type MigrationDesign,
  type MigrationOptions,
  upstream,
} from '../../models/index.js';
import type { Sim } from '../../src/index.js';

/** The migration subsystem of a process that has nothing else. */
export function migrationOf(
  sim: Sim,
  design: MigrationDesign = upstream,
  options: Partial<MigrationOptions> = {},
): Migration {
  const bigLock = new BigLock(sim);
  const loop = new MainLoop(sim, bigLock);
  return new Migration({ sim, bigLock, loop, design, iterations: 0, ...options });
}
