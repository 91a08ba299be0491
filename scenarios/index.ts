import { dispatch } from './dispatch/index.js';
import type { Family, ScenarioEntry } from './entry.js';
import { handlers } from './handlers/index.js';
import { historic } from './historic/index.js';
import { leaks } from './leaks/index.js';
import { locking } from './locking/index.js';
import { migration } from './migration/index.js';
import { ownership } from './ownership/index.js';
import { singleton } from './singleton/index.js';
import { subregions } from './subregions/index.js';
import { timers } from './timers/index.js';

/** Every debate, in the order in which tables show them. */
export const families: readonly Family[] = [
  dispatch,
  subregions,
  leaks,
  ownership,
  locking,
  migration,
  singleton,
  timers,
  handlers,
  historic,
];

/** Every scenario of this repository, in the order in which lists show them. */
export const scenarios: readonly ScenarioEntry[] = families.flatMap(({ entries }) => entries);
