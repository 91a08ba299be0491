import type { Claim, Difference, Expectation } from './entry.js';

/** What is said of each design, by its id, and in it of each hazard, by its name. */
export type Claims = Readonly<Record<string, Readonly<Record<string, Claim>>>>;

/** Where the search disagrees with a claim, by the same keys as {@link Claims}. */
export type Differences = Readonly<Record<string, Readonly<Record<string, Difference>>>>;

/** The claims that one person makes in one place. */
export interface Source {
  /** That nothing goes wrong. */
  readonly verified: Claim;
  /** That each of these things goes wrong in some execution. */
  readonly expects: (...what: readonly [Expectation, ...Expectation[]]) => Claim;
}

/**
 * A place where claims are made.
 *
 * @param who - the person
 * @param where - a message-id or a commit
 */
export function source(who: string, where: string): Source {
  return {
    verified: { expects: 'verified', who, where },
    expects: (...what) => ({ expects: what, who, where }),
  };
}
