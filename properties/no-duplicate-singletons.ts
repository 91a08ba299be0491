import type { Census } from '../models/qom/census.js';
import type { Sim } from '../src/index.js';

/** At most one instance of the type is alive at any time. Only for designs that promise it: upstream does not. */
export function noDuplicateSingletons(sim: Sim, model: { readonly census: Census }): void {
  sim.invariant('I5: no duplicate singletons', () => model.census.living.length <= 1);
}
