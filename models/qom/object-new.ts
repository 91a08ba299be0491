import type { Routine, Sim } from '../../src/index.js';
import { QomObject } from './object.js';
import type { TypeTable } from './type-table.js';

/**
 * object_new: the class, the memory, then initialisation. An unknown or abstract type ends the process upstream.
 *
 * Upstream: qom/object.c:object_new_with_type, object_initialize_with_type.
 */
export function* objectNew(
  sim: Sim,
  types: TypeTable,
  typeName: string,
  name: string = typeName,
): Routine<QomObject> {
  const lineage = types.lineage(typeName);
  yield* types.initialize(typeName);
  sim.assert(lineage[0]?.abstract !== true, `an instance of the abstract type "${typeName}"`);
  const block = yield* sim.alloc(name);
  const object = new QomObject(name, block, lineage);
  const rootFirst = [...lineage].reverse();
  for (const type of rootFirst) {
    if (type.instanceInit !== undefined) yield* type.instanceInit(object);
  }
  // From the root as well, since upstream commit 220c739903; before, from the type.
  for (const type of rootFirst) {
    if (type.instancePostInit !== undefined) yield* type.instancePostInit(object);
  }
  return object;
}
