import {
  BigLock,
  MainLoop,
  Migration,
  type MigrationCapabilities,
  type MigrationDesign,
} from '../../models/index.js';
import {
  noDanglingCurrentMigration,
  noDuplicateSingletons,
  noUseAfterFinalize,
} from '../../properties/index.js';
import { type Scenario, type Sim, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';

/** Threads that do what the debate is about: everything of a scenario but the design. */
export interface Hazard extends HazardColumn {
  /** How often the migration thread goes round (default 1). */
  readonly iterations?: number;
  /** What management asked for (default: nothing). */
  readonly capabilities?: MigrationCapabilities;
  /** Makes the threads. */
  readonly threads: (sim: Sim, migration: Migration) => void;
}

/** Applies a hazard to a design. */
export function scenarioOf(
  hazard: Hazard,
  design: MigrationDesign,
  name: string,
  source: string,
): Scenario {
  return scenario(
    name,
    (sim) => {
      const bigLock = new BigLock(sim);
      const loop = new MainLoop(sim, bigLock);
      const { iterations = 1, capabilities = {} } = hazard;
      const options = { sim, bigLock, loop, design, iterations, capabilities };
      const migration = new Migration(options);
      noUseAfterFinalize(sim, migration);
      noDanglingCurrentMigration(sim, migration);
      if (design.singleton) noDuplicateSingletons(sim, migration);
      hazard.threads(sim, migration);
    },
    { description: hazard.description, source },
  );
}
