import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/** G12. The reference of migration_object_init is never dropped: ugly, said Peter Xu, but it works. */
export const neverFreed: MigrationDesign = {
  ...upstream,
  name: 'never-freed',
  *release() {},
};
