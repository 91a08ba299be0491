import type { Census } from '../models/qom/census.js';
import type { Sim } from '../src/index.js';

/** At most one instance of the type is alive at any time. Only for designs that promise it: upstream does not. */
export function noDuplicateSingletons(sim: Sim, model: { readonly census: Census }): void {
  const name = 'I5: no duplicate singletons';
  sim.invariant(name, () => {
    const { living } = model.census;
    const alive = () => living.map((object) => object.name).join(' and ');
    sim.assert(living.length <= 1, () => `${name}: ${alive()} are alive`);
  });
}
