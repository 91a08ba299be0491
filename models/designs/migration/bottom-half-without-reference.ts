import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/** A bottom half that waits holds no reference: upstream until commit fd392cfa8e (2019). */
export const bottomHalfWithoutReference: MigrationDesign = {
  ...upstream,
  name: 'bottom-half-without-reference',
  bottomHalfReferences: false,
};
