import type { Census } from '../models/qom/census.js';
import type { Sim } from '../src/index.js';

/**
 * Nobody holds a reference on an object that is finalized, or whose memory is gone.
 *
 * Whoever touches what such an object was, or takes a new reference, is found by the engine without this property. It adds those who
 * hold an old reference and have not come to use it: an object was finalized under them, or it lay in another one that has gone.
 */
export function noUseAfterFinalize(sim: Sim, model: { readonly census: Census }): void {
  const name = 'I2: no reference on what is finalized';
  sim.invariant(name, () => {
    for (const { name: what, instance, block, ref, finalized } of model.census.all) {
      if (instance.alive) continue;
      const count = block.alive ? ref.peek() : 0;
      sim.assert(count === 0, () => `${name}: ${what} is finalized, with references: ${count}`);
      sim.assert(block.alive || finalized, `${name}: ${what} went with its memory, not finalized`);
    }
  });
}
