import { scenario } from '../../src/index.js';
import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { claims, differences } from './claims.js';
import { designs, type OwnershipRow } from './designs.js';
import { type Hazard, hazards } from './hazards.js';

/** The rules about who owns whom, each beside what it was laid down against. */
export const ownership: Family = {
  name: 'ownership',
  question: 'Who owns whom, what does a reference keep, and what goes when?',
  entries: pairs<OwnershipRow, Hazard>({
    family: 'ownership',
    designs,
    hazards,
    applicable: (row, hazard) => hazard.fits(row),
    build: (row, { description, threads }, name) =>
      scenario(name, (sim) => threads(sim, row), { description, source: row.where }),
    claims,
    differences,
  }),
};
