import type { Routine, Sim } from '../../src/index.js';
import type { QomObject } from './object.js';

/** A property of one object. Upstream: include/qom/object.h:ObjectProperty. */
export interface Property {
  readonly name: string;
  /** What ends with the property. */
  readonly release?: () => Routine;
}

/**
 * object_property_del_all: releases every property, in an order that upstream leaves open (a hash table). Only properties with a
 * release can be told apart, so only these are permuted. The walk begins anew after each, because a release may change the table.
 */
export function* deleteAllProperties(sim: Sim, object: QomObject): Routine {
  const done = new Set<Property>();
  for (;;) {
    const properties = yield* object.properties.read();
    const left = properties.filter((each) => each.release !== undefined && !done.has(each));
    if (left.length === 0) return;
    const at = left.length === 1 ? 0 : yield* sim.choose(left.length, 'which property next');
    const property = left[at];
    if (property?.release === undefined) return;
    done.add(property);
    yield* property.release();
  }
}
