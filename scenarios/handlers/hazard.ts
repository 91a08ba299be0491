import type { HandlerDesign } from '../../models/index.js';
import { type Scenario, scenario } from '../../src/index.js';
import type { HazardColumn } from '../entry.js';
import { Bench, type Story } from './bench.js';
import type { Kind } from './registration.js';

/** Everything of a scenario but the design. */
export interface Hazard extends HazardColumn {
  readonly kind: Kind;
  readonly story: (bench: Bench) => Story;
}

/** Applies a hazard to a design. */
export function scenarioOf(
  { description, kind, story }: Hazard,
  design: HandlerDesign,
  name: string,
  source: string,
): Scenario {
  return scenario(
    name,
    (sim) => {
      const bench = new Bench(sim, design, kind);
      bench.run(story(bench));
    },
    { description, source },
  );
}
