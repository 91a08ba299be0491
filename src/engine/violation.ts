/**
 * What can be wrong with a scenario. See {@link Violation} for what identifies a violation of each kind.
 *
 * @public
 */
export const violationKinds = [
  'assertion',
  'invariant',
  'deadlock',
  'livelock',
  'data-race',
  'use-after-free',
  'double-free',
  'leak',
  'refcount',
  'lock-misuse',
  'exception',
  'nondeterminism',
] as const;

/** One of {@link violationKinds}. @public */
export type ViolationKind = (typeof violationKinds)[number];

/** A violation as the engine notes it, before it is replayed for a report. @internal */
export interface Finding {
  readonly kind: ViolationKind;
  /** What identifies it within its kind: the message, the invariant, the variable, the block, the lock, the cycle. */
  readonly property: string;
  readonly message: string;
  /** Where: the thread, operation and object of the step; empty for the ends of executions. */
  readonly thread: string;
  readonly operation: string;
  readonly object: string;
  /** Number of steps taken when it was found. */
  readonly steps: number;
  /** Further lines for a reader: who holds what, where a block was allocated and freed. */
  readonly details: readonly string[];
}
