import { type Property, Qom, type TypeInfo } from '../../../models/index.js';
import type { Routine, Sim } from '../../../src/index.js';
import { wrongWith } from '../support.js';

/** What is wrong with one thread that uses an object model with some types. */
export function wrongAlone(
  types: readonly TypeInfo[],
  use: (qom: Qom, sim: Sim) => Routine,
): string[] {
  return wrongWith((sim) => {
    const qom = new Qom(sim);
    for (const type of types) qom.types.register(type);
    sim.thread('main', () => use(qom, sim));
  });
}

/** Runs one thread to its end, where nothing may be wrong, and returns what it returned. */
export function resultOf<T>(
  types: readonly TypeInfo[],
  use: (qom: Qom, sim: Sim) => Routine<T>,
): T {
  const results: T[] = [];
  const wrong = wrongAlone(types, function* (qom, sim) {
    results.length = 0;
    results.push(yield* use(qom, sim));
  });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return results[0] as T;
}

/** A type that says when it is finalized. */
export function mortal(name: string, log: string[], more: Partial<TypeInfo> = {}): TypeInfo {
  return {
    name,
    parent: 'object',
    ...more,
    *instanceFinalize(object) {
      log.push(object.name);
    },
  };
}

/** A property of which only the end matters. */
export function noting(name: string, log: string[]): Property {
  return {
    name,
    type: 'string',
    *release() {
      log.push(name);
    },
  };
}
