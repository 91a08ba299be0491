import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims, differences } from './claims.js';
import { designs, type TimerRow } from './designs.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { hazards } from './hazards.js';

/** What deleting a timer promises: every answer under every hazard. */
export const timers: Family = {
  name: 'timers',
  question: 'What does timer_del wait for, and who is referenced while a callback runs?',
  entries: pairs<TimerRow, Hazard>({
    family: 'timers',
    designs,
    hazards,
    build: (design, hazard, name) => scenarioOf(hazard, design.model, name, design.where),
    claims,
    differences,
  }),
};
