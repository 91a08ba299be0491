import type { Census } from '../models/qom/census.js';
import type { Sim } from '../src/index.js';

/**
 * Nobody holds a reference on an object that is finalized.
 *
 * Whoever touches what such an object was, or takes a new reference, is found by the engine without this property. It adds those who
 * hold an old reference and have not come to use it: an object was finalized under them.
 */
export function noUseAfterFinalize(sim: Sim, model: { readonly census: Census }): void {
  sim.invariant('I2: no reference on what is finalized', () =>
    model.census.all.every(
      ({ instance, block, ref }) => instance.alive || !block.alive || ref.peek() === 0,
    ),
  );
}
