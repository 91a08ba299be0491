import type { Routine } from '../../../src/index.js';
import type { QomObject } from '../../qom/object.js';
import { resolveType } from '../../qom/path.js';
import type { Singleton, SingletonDesign } from '../../qom/singleton.js';
import { conflict } from './conflict.js';
import { noSingletons } from './none.js';

/**
 * G6, the variant without a table of its own: the instance is the one object of the type in the composition tree
 * (object_resolve_type_unambiguous). An object without a parent, as the migration object is, is not found.
 */
export const resolvedInTree: SingletonDesign = {
  ...noSingletons,
  name: 'resolved-in-tree',
  *allow(singleton) {
    const { qom, type } = singleton;
    return (yield* resolveType(qom, type)) === undefined ? undefined : conflict(singleton);
  },
  *publish() {},
  getInstance: inTree,
  *inspect(singleton, klass, site) {
    const existing = yield* inTree(singleton);
    if (existing?.klass.type === klass.type) return { object: existing, lent: true };
    return yield* noSingletons.inspect(singleton, klass, site);
  },
};

function* inTree({ qom, type }: Singleton): Routine<QomObject | undefined> {
  const found = yield* resolveType(qom, type);
  return typeof found === 'object' ? found : undefined;
}
