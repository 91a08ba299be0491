import { type Scenario, type Sim, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import type { SingletonRow } from './designs.js';

/** Threads that do what the debate is about: everything of a scenario but the design. */
export interface Hazard extends HazardColumn {
  /** Makes the process and its threads. */
  readonly threads: (sim: Sim, row: SingletonRow) => void;
}

/** Applies a hazard to a design. */
export function scenarioOf(hazard: Hazard, row: SingletonRow, name: string): Scenario {
  const { description, threads } = hazard;
  const { where: source } = row;
  return scenario(
    name,
    (sim) => {
      threads(sim, row);
    },
    { description, source },
  );
}
