import { scenarios } from '../../../scenarios/index.js';
import type { Selected } from './selected.js';

/** The scenarios of this package. */
export const builtin: readonly Selected[] = scenarios.map(
  ({ scenario, claim, difference, options }) => ({ scenario, claim, difference, options }),
);
