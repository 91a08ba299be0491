import type { ScenarioEntry } from './entry.js';
import { migration } from './migration/index.js';

/** Every scenario of this repository, in the order in which lists and tables show them. */
export const scenarios: readonly ScenarioEntry[] = [...migration];
