import { type Scenario, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import { Bench } from './bench.js';
import type { SubregionRow } from './designs.js';

/** Devices, and what is done to them. */
export interface Hazard extends HazardColumn {
  readonly story: (bench: Bench) => void;
}

/** Applies a hazard to an answer. */
export function scenarioOf(
  { description, story }: Hazard,
  row: SubregionRow,
  name: string,
): Scenario {
  return scenario(name, (sim) => story(new Bench(sim, row)), { description, source: row.where });
}
