import { scenario } from '../../src/index.js';
import type { Family } from '../entry.js';
import { pairs } from '../matrix.js';
import { Bench } from './bench.js';
import { claims } from './claims.js';
import { designs, type LockingRow } from './designs.js';
import { type Hazard, hazards } from './hazards.js';

/** Locks of devices, and how a device moves its region. */
export const locking: Family = {
  name: 'locking',
  question: 'Which locks does a device take, in which order, and how does it move its region?',
  entries: pairs<LockingRow, Hazard>({
    family: 'locking',
    designs,
    hazards,
    applicable: ({ topics }, { topic }) => topics.includes(topic),
    build: ({ model, ordered, where: source }, { description, order = false, story }, name) =>
      scenario(
        name,
        (sim) => {
          const bench = new Bench(sim, model, ordered && order);
          bench.run(story(bench));
        },
        { description, source },
      ),
    claims,
  }),
};
