import type { Claim, Difference } from '../../../scenarios/entry.js';
import type { ExploreOptions } from '../../explore/options.js';
import type { Scenario } from '../../sim/scenario.js';

/** What is known about a scenario beforehand. */
export interface Claimed {
  /** What the list of scenarios says will be found; undefined for a user's file. */
  readonly claim?: Claim | undefined;
  /** Where the search is known to disagree with the claim. */
  readonly difference?: Difference | undefined;
}

/** A scenario that can be explored, with what is known about it. */
export interface Selected extends Claimed {
  /** Its name is the one to type: `file.ts#name` for a scenario of a user's file. */
  readonly scenario: Scenario;
  /** How it is explored unless an option says otherwise. */
  readonly options: ExploreOptions;
}
