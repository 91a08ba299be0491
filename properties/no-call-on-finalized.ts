import type { Qom } from '../models/qom/qom.js';
import type { Sim } from '../src/index.js';
import { Complaints } from './complaints.js';

/**
 * Nobody unparents an object that is finalized.
 *
 * Whoever touches what a finalized object was is found by the engine: what its types added is dead from then on, although the memory
 * may be there. This property adds the call that upstream carries out without touching any of that: it finds no parent and returns.
 */
export function noCallOnFinalized(sim: Sim, qom: Qom): void {
  const complaints = new Complaints(sim, 'I9: what is finalized is not unparented');
  qom.probes.unparenting = function* (object) {
    const finalized = yield* sim.step(
      `whether ${object.name} is finalized`,
      () => !object.instance.alive,
    );
    if (finalized) yield* complaints.raise(`object_unparent of ${object.name}, which is finalized`);
  };
}
