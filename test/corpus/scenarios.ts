import type { Scenario } from '../../src/index.js';
import { failures } from '../engine/gallery.js';

/** The scenarios that the corpus has schedules of, by name. A scenario that changes its operations needs a new name. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  failures.map(({ scenario }) => [scenario.name, scenario]),
);
