import { Board, type BoardDesign } from '../../models/index.js';
import { type Scenario, type Sim, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';

/** Threads that do what the debate is about, on a board that works in the design's way. */
export interface Hazard extends HazardColumn {
  /** Makes the threads. */
  readonly threads: (sim: Sim, board: Board) => void;
}

/** Applies a hazard to a design. */
export function scenarioOf(
  hazard: Hazard,
  design: BoardDesign,
  name: string,
  source: string,
): Scenario {
  const setup = (sim: Sim) => {
    hazard.threads(sim, new Board(sim, design));
  };
  return scenario(name, setup, { description: hazard.description, source });
}
