import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims } from './claims.js';
import { designs, type HandlerRow } from './designs.js';
import { type Hazard, scenarioOf } from './hazard.js';
import { hazards } from './hazards.js';

/** Bottom halves and handlers of file descriptors, which one thread takes out while another is about to call them. */
export const handlers: Family = {
  name: 'handlers',
  question: 'What may be counted on when a bottom half or the handler of a file is taken out?',
  entries: pairs<HandlerRow, Hazard>({
    family: 'handlers',
    designs,
    hazards,
    build: ({ model, where }, hazard, name) => scenarioOf(hazard, model, name, where),
    claims,
  }),
};
