/** A place of a search tree on the way to the next execution. */
export interface Place {
  /** Ways on from here that were gone through. */
  readonly done: number;
  /** All ways on from here that are known, the present one included. */
  readonly all: number;
}

/**
 * Which share of a search tree was gone through depth first: of the ways on from a place, each counts the same. This is the share in
 * the weighted backtrack estimator (P. Kilby, J. Slaney, S. Thiebaux and T. Walsh, "Estimating Search Tree Size", AAAI 2006): what an
 * execution counts is the probability that a random probe of the tree meets it (D. E. Knuth, "Estimating the Efficiency of Backtrack
 * Programs", Mathematics of Computation 29, 1975). Executions that were explored divided by it estimate how many there are.
 *
 * Far off where neighbouring parts of the tree differ in size, and too large where ways on are found while the search goes on.
 *
 * @param path - from the root to the place where the search goes on
 */
export function weightedBacktracking(path: Iterable<Place>): number {
  let covered = 0;
  let share = 1;
  for (const { done, all } of path) {
    covered += (share * done) / all;
    share /= all;
  }
  return covered;
}
