import { UsageError } from '../engine/errors.js';
import type { Event } from '../engine/recorder.js';
import type { ViolationKind } from '../engine/violation.js';
import type { Explanation } from '../explain/explanation.js';

/** How simple an execution is, and what is known about simpler ones. @public */
export interface Minimization {
  readonly preemptions: number;
  readonly steps: number;
  /** Whether every execution with fewer preemptions was explored, and none has this failure. */
  readonly provenMinimal: boolean;
  /** Executions that it took to find out. */
  readonly executions: number;
}

/** A violation with the execution that leads to it, as plain data. @public */
export interface Violation {
  readonly kind: ViolationKind;
  /**
   * What identifies the violation within its kind: the message of an assertion, the name of an invariant, the objects of a deadlock's
   * cycle or what is waited for, the variable of a data race, the block, the count, the lock, what was thrown; one and the same for
   * every `livelock` and for every `nondeterminism`.
   */
  readonly property: string;
  /** One sentence. */
  readonly message: string;
  /** Replays the execution: `replay(scenario, token)`. */
  readonly token: string;
  /** Number of steps up to the violation. */
  readonly steps: number;
  /** How many of these steps preempt a thread that could have gone on. */
  readonly preemptions: number;
  readonly events: readonly Event[];
  /** The thread whose step, the last one, failed; empty when it was the end of the execution that failed, or the set-up. */
  readonly thread: string;
  /** Further lines: who holds what, where a block was allocated, freed and touched. */
  readonly details: readonly string[];
  /** How it was made simpler; absent when nobody tried. */
  readonly minimized?: Minimization;
  /** What sets failing executions apart, and how rare they are; absent when nobody asked. */
  readonly explanation?: Explanation;
}

/** Refuses what is no violation out of a report. @internal */
export function requireViolation(value: unknown): asserts value is Violation {
  const given = value as Partial<Violation> | null | undefined;
  if (typeof given?.kind === 'string' && typeof given.property === 'string') return;
  throw new UsageError('expected a violation, which the report of explore lists');
}
