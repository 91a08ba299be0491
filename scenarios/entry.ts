import type { ExploreOptions, Scenario, ViolationKind } from '../src/index.js';

/** What the search finds instead of what was claimed, with the argument. */
export interface Difference {
  readonly found: 'verified' | ViolationKind;
  readonly because: string;
}

/** A scenario with what the debate expects of it. */
export interface ScenarioEntry {
  readonly scenario: Scenario;
  /** What the debate says the search will find. It is compared with the verdict and never an input to the search. */
  readonly claim: 'verified' | ViolationKind;
  /** Where the search disagrees with the claim, and that is known. */
  readonly difference?: Difference;
  /** How to explore it by default, where every interleaving would be too many. */
  readonly options?: ExploreOptions;
}
