import { holders, type MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/**
 * The migration thread takes its own reference, first of all: upstream until commit 7fc8beb16e ("migration: Fix possible race when
 * shutting down", 2024), which moved it to before the thread's creation.
 */
export const referenceInsideThread: MigrationDesign = {
  ...upstream,
  name: 'reference-inside-thread',
  *beforeThread() {},
  *insideThread(migration, object) {
    yield* migration.design.take(migration, object, holders.thread);
  },
};
