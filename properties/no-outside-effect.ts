import type { Routine, Sim } from '../src/index.js';
import { Complaints } from './complaints.js';

/** Something outside an object that objects might change. */
export interface Outside {
  readonly name: string;
  /** Its value: what a comparison by identity can tell. */
  readonly peek: () => unknown;
}

/** Runs a routine that makes an object and drops it again. */
export type WithoutEffect = <T>(routine: () => Routine<T>) => Routine<T>;

/**
 * Making an object and dropping it again changes nothing outside it. Returns what to put around that, such as the introspection of a
 * type by a temporary object: it compares before and after, so that nobody else may change the same things meanwhile.
 */
export function noOutsideEffect(sim: Sim, outside: readonly Outside[]): WithoutEffect {
  const complaints = new Complaints(sim, 'I10: a temporary object has no outside effect');
  const look = () => outside.map((each) => each.peek());
  return function* (routine) {
    const before = yield* sim.step('what is outside, before', look);
    const result = yield* routine();
    const after = yield* sim.step('what is outside, after', look);
    const other = outside.find((_, i) => before[i] !== after[i]);
    if (other !== undefined) yield* complaints.raise(`${other.name} is not what it was`);
    return result;
  };
}
