/**
 * The only place of the harness that looks at the outside world: time for budgets, entropy for fresh seeds. Nothing that decides what
 * an execution does may come from here.
 */

/** Milliseconds from some fixed moment. */
export function now(): number {
  return performance.now();
}

/** A seed that was not used before, short enough to type. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}
