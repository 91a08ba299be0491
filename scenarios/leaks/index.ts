import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims } from './claims.js';
import { designs, type Release } from './designs.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { hazards } from './hazards.js';

/** Which devices never go, in two releases. */
export const leaks: Family = {
  name: 'leaks',
  question: 'Which devices are never finalized after they were unplugged?',
  rows: 'hazards',
  entries: pairs<Release, Hazard>({
    family: 'leaks',
    designs,
    hazards,
    build: (release, hazard, name) => scenarioOf(hazard, release, name),
    claims,
  }),
};
