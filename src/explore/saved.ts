import type { SavedSession } from '../engine/session.js';
import type { Violation } from '../replay/violation.js';
import type { SavedBounded, SavedOptimal } from './dpor/checkpoint.js';

/** A depth-first search between two executions: which of its options is to be taken at each place of the next one. */
export interface SavedDfs {
  readonly search: 'dfs';
  readonly choices: readonly number[];
}

/** A strategy between two executions, as plain data. */
export type SavedStrategy = SavedDfs | SavedBounded | SavedOptimal;

/** A search between two executions, as plain data: what it takes to go on in another process. */
export interface SavedSearch {
  /** The number of the next execution. */
  readonly index: number;
  readonly executions: number;
  readonly failing: number;
  readonly deadlocks: number;
  readonly redundant: number;
  readonly steps: number;
  /** Whether some execution reached the limit of steps. */
  readonly endless: boolean;
  readonly elapsedMs: number;
  /** By what tells them apart, in the order in which they were found. */
  readonly violations: readonly (readonly [key: string, violation: Violation])[];
  readonly session: SavedSession;
  readonly strategy: SavedStrategy;
  /** The last execution as a token, to notice when the scenario is no longer what it was. */
  readonly last: string;
}
