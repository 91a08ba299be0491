import { holders, type MigrationDesign } from '../../migration/design.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { singleton } from './singleton.js';

/**
 * G3. A singleton of which get_instance returns an elevated reference, so that nobody follows the pointer without one. Argued by Peter
 * Xu in the second version of the series; the reference is taken by an ordinary object_ref on what the pointer says.
 */
export const getInstance: MigrationDesign = {
  ...singleton,
  name: 'get-instance',
  *borrow(migration, locked) {
    const object = yield* singleton.borrow(migration, locked);
    if (object !== undefined) yield* reference(object, holders.helper);
    return object;
  },
  *giveBack(_migration, object) {
    if (object !== undefined) yield* unreference(object, holders.helper);
  },
};
