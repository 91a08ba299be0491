import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/**
 * G14. Each migration makes an object, which goes when the migration is cleaned up; options are elsewhere. Argued by Daniel Berrangé.
 * Between migrations the pointer is NULL; the references of thread and bottom halves are upstream's.
 */
export const objectPerMigration: MigrationDesign = {
  ...upstream,
  name: 'object-per-migration',
  objectPerMigration: true,
  *release() {},
};
