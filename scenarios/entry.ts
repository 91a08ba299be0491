import type { Label } from '../properties/index.js';
import type { ExploreOptions, Scenario } from '../src/index.js';

/** What a search may be expected to find: an invariant broken, or, where no invariant fits, a kind of violation. */
export type Expectation = Label | 'assertion' | 'data-race' | 'exception';

/** What is found in a scenario as a whole: nothing wrong, or at least these things. */
export type Outcome = 'verified' | readonly Expectation[];

/** What somebody said that a design does under a hazard. */
export interface Claim {
  readonly expects: Outcome;
  /** Who said so. */
  readonly who: string;
  /** Where it can be read: a message-id, a commit. */
  readonly where: string;
}

/** What the search finds instead of what was claimed, with the argument. */
export interface Difference {
  readonly found: Outcome;
  readonly because: string;
}

/** A design as tables and lists show it. */
export interface DesignRow {
  /** Its number in the debate, with a letter where there are several of it: `G9`, `G11b`. */
  readonly id: string;
  /** In lower case, with hyphens: a part of the names of scenarios. */
  readonly name: string;
  /** Who argued for it. */
  readonly who: string;
  /** Where: a message-id, a commit. */
  readonly where: string;
  /** What it does, in a sentence. */
  readonly summary: string;
}

/** A hazard as tables and lists show it. */
export interface HazardColumn {
  /** In lower case, with hyphens: a part of the names of scenarios. */
  readonly name: string;
  /** A few words. */
  readonly title: string;
  /** What the threads do, in a sentence. */
  readonly description: string;
}

/** A design under a hazard, with what is expected of it. */
export interface ScenarioEntry {
  /** Named `family/design/hazard`. */
  readonly scenario: Scenario;
  /** The name of the family. */
  readonly family: string;
  readonly design: DesignRow;
  readonly hazard: HazardColumn;
  /**
   * What the debate says the search will find; absent where it leaves that open. It is compared with what is found, and it is never
   * an input to the search.
   */
  readonly claim?: Claim;
  /** Where the search disagrees with the claim, and that is known. */
  readonly difference?: Difference;
  /** How to explore it by default: within bounds, where every interleaving would be too many. */
  readonly options: ExploreOptions;
}

/** The answers to one question, each under the same hazards. */
export interface Family {
  /** In lower case, with hyphens: the first part of the names of its scenarios. */
  readonly name: string;
  /** The question that the designs answer, as the heading of the table. */
  readonly question: string;
  /** What the table has a row for each of: `designs` (default), or `hazards` where these are many and the designs few. */
  readonly rows?: 'designs' | 'hazards';
  readonly entries: readonly ScenarioEntry[];
}
