import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/** Helpers follow the pointer without a look at it: upstream until commit 4daff81efb (2024), with the references of today. */
export const noNullCheck: MigrationDesign = {
  ...upstream,
  name: 'no-null-check',
  *borrow(migration, locked) {
    const object = yield* upstream.borrow(migration, locked);
    return object ?? migration.sim.fail('I11: NULL current_migration was followed');
  },
};
