import { Census, objectNew, Qom, type QomObject } from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';

/** A type whose instances are counted. */
export function thingsOf(sim: Sim): {
  census: Census;
  create: (name: string) => Routine<QomObject>;
} {
  const census = new Census(sim, 'thing');
  const qom = new Qom(sim);
  qom.types.register({
    name: 'thing',
    parent: 'object',
    instanceInit: (object) => census.add(object),
  });
  return { census, create: (name) => objectNew(qom, 'thing', name) };
}
