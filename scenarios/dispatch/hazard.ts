import type { BoardDesign } from '../../models/index.js';
import { type Scenario, type Sim, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';

/** Threads that do what the debate is about, on a machine that works in the design's way. */
export interface Hazard extends HazardColumn {
  /** Makes the machine and its threads. */
  readonly threads: (sim: Sim, design: BoardDesign) => void;
}

/** Applies a hazard to a design. */
export function scenarioOf(
  hazard: Hazard,
  design: BoardDesign,
  name: string,
  source: string,
): Scenario {
  const setup = (sim: Sim) => {
    hazard.threads(sim, design);
  };
  return scenario(name, setup, { description: hazard.description, source });
}
