import type { MigrationDesign } from '../../migration/design.js';
import { fallibleMigration } from './fallible-new.js';
import { singleton } from './singleton.js';

/**
 * G6. The pointer is an entry in a table of the object model: object_new enters what it has made, finalizing takes it out, and
 * introspection looks at what the table has. Look-ups hold no reference. Argued by Philippe Mathieu-Daudé.
 */
export const migrationRegistry: MigrationDesign = {
  ...fallibleMigration,
  name: 'registry',
  introspect: singleton.introspect,
};
