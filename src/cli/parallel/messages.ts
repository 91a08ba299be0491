import type { Part } from '../../explore/parts.js';
import type { Report } from '../../explore/report.js';
import type { Violation } from '../../replay/violation.js';
import type { GivenOptions } from '../explore-one.js';
import type { Simplify } from '../minimize-one.js';
import type { ProblemCode } from '../problem.js';

/** What a worker that explores is started with. Scenarios are functions and cannot be sent: it loads them itself. */
export interface ExplorerStart {
  /** What the user named. */
  readonly args: readonly string[];
  /** One 32-bit word for each worker, not 0 when what it does is no longer wanted. */
  readonly stops: SharedArrayBuffer;
  readonly slot: number;
}

/** What a worker is asked to do: one search. */
export interface Order {
  readonly scenario: string;
  readonly options: GivenOptions;
  /** Which violations are made simpler. */
  readonly simplify: Simplify;
  /** As in `search`. */
  readonly brief: boolean;
}

/** What a worker found: a part of a search or a whole one, as found and as it is shown. */
export interface Finished extends Part {
  readonly kind: 'finished';
  readonly shown: Report;
  readonly simpler: readonly (Violation | undefined)[];
}

/** What a worker says. */
export type FromExplorer =
  | Finished
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'progress'; readonly text: string }
  | {
      readonly kind: 'problem';
      readonly code: ProblemCode;
      readonly message: string;
      readonly hint: string | undefined;
    }
  | { readonly kind: 'failed'; readonly reason: string };
