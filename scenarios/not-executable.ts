import { notExecutable as locking } from './locking/designs.js';
import { notExecutable as subregions } from './subregions/designs.js';

/** What was argued for that no program can show, by its number in the debate, with the reason. */
export const notExecutable: Readonly<Record<string, string>> = { ...locking, ...subregions };
