import type { ScenarioEntry } from '../../scenarios/entry.js';
import { checkFamily } from './check-family.js';

// With a return path one scenario takes as long as all others of its design. Here those of the designs that fail in one way each, and of
// one that does not fail; `qomcheck matrix` explores them all.
const withReturnPath = ['G16', 'G11', 'G9'];

const few = ({ design, hazard }: ScenarioEntry): boolean =>
  hazard.name !== 'shutdown-vs-return-path' || withReturnPath.includes(design.id);

checkFamily('migration', 15, few);
