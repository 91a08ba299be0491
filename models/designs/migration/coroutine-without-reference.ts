import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/** The coroutine of an incoming migration holds no reference while it waits: upstream until commit d657a14de5 (2025). */
export const coroutineWithoutReference: MigrationDesign = {
  ...upstream,
  name: 'coroutine-without-reference',
  coroutineReferences: false,
};
