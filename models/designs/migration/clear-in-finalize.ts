import type { MigrationDesign } from '../../migration/design.js';
import { upstream } from './upstream.js';

/**
 * G8. instance_finalize resets the pointer, and nothing says that there is only one instance. Argued by Peter Xu in October 2024 and
 * withdrawn: introspection makes temporary instances, and the first of them to go takes the pointer along.
 */
export const clearInFinalize: MigrationDesign = {
  ...upstream,
  name: 'clear-in-finalize',
  *dying({ current }) {
    yield* current.write(undefined);
  },
};
