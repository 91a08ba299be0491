import type { MigrationDesign } from '../../migration/design.js';
import { referenceInsideThread } from './reference-inside-thread.js';

/**
 * G15. Helpers look whether the pointer is NULL before they follow it: upstream when commit 4daff81efb (2024) was new. The references
 * of thread and coroutine came later.
 */
export const nullCheck: MigrationDesign = {
  ...referenceInsideThread,
  name: 'null-check',
  coroutineReferences: false,
};
