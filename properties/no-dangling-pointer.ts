import type { QomObject } from '../models/qom/object.js';
import type { Sim } from '../src/index.js';

/** A global or cached pointer: `peek` is what it points to. */
export interface Pointer {
  readonly name: string;
  readonly peek: () => QomObject | undefined;
}

/**
 * A pointer never points to an object that is finalized or freed. One whose count is zero but that is still whole does not count as
 * dangling.
 *
 * @param lock - the lock that protects the pointer: then the invariant is about the moments when the lock is free, and about the end.
 *   While a thread holds it, nobody who takes it first can look. Who reads without the lock can, and what happens then is found as
 *   what it is: a `use-after-free`.
 */
export function noDanglingPointer(
  sim: Sim,
  pointer: Pointer,
  lock?: { readonly held: boolean; readonly name: string },
): void {
  const name = `I11: no dangling ${pointer.name}`;
  const complaint = () => {
    const object = pointer.peek();
    if (object === undefined || object.instance.alive) return undefined;
    const fate = object.block.alive ? 'finalized' : 'freed';
    return `${name}: it points to ${object.name}, which is ${fate}`;
  };
  sim.invariant(name, () => {
    const wrong = complaint();
    if (wrong === undefined || lock?.held === true) return;
    sim.fail(lock === undefined ? wrong : `${wrong}, and nobody holds ${lock.name}`);
  });
  if (lock === undefined) return;
  // The lock may never be given back. Who ended by a violation would have done the rest.
  sim.finally(({ interrupted }) => {
    const wrong = interrupted ? undefined : complaint();
    if (wrong !== undefined && lock.held) sim.fail(`${wrong}, and stays so`);
  });
}
