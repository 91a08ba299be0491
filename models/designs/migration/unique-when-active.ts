import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/**
 * G7. Making an object has no effect; migration_object_init makes one *the* migration, and what was made that resets the pointer when it
 * goes. Argued by Markus Armbruster for singletons in general.
 */
export const activeMigration: MigrationDesign = {
  ...upstream,
  name: 'unique-when-active',
  *dying({ current }, object) {
    if ((yield* current.read()) === object) yield* current.write(undefined);
  },
};
