import { type RestartSignal, UsageError, ViolationSignal } from './errors.js';
import type { SimObject } from './object.js';
import type { OperationKind } from './operation.js';
import type { SimThread } from './thread.js';
import type { Finding, ViolationKind } from './violation.js';

/**
 * What goes wrong in an execution, and where it is when it does.
 *
 * A violation is noted where it is detected and then unwinds to the step: the note counts, so that a thread that catches the
 * exception changes nothing.
 *
 * @internal
 */
export abstract class Findings {
  readonly findings: Finding[] = [];
  /** Number of steps taken. */
  steps = 0;
  /** The thread of the last step. */
  last: SimThread | undefined = undefined;
  /** What the last step was; before the first, no operation. */
  abstract readonly lastStep: { kind: OperationKind; object: SimObject };
  /** The thread whose step or local computation is under way. */
  current: SimThread | undefined = undefined;
  protected settingUp = true;
  /** The name of the invariant that is being evaluated. */
  protected insideInvariant: string | undefined = undefined;
  /** The violation of the step under way. */
  protected raised: Finding | undefined = undefined;
  /** What ends the search or the execution whatever threads catch. */
  protected fatal: UsageError | RestartSignal | undefined = undefined;

  /** Notes a violation of the step under way and unwinds to it. */
  fail(
    kind: ViolationKind,
    property: string,
    message: string,
    details: readonly string[] = [],
  ): never {
    this.raise(kind, property, message, details);
    throw ViolationSignal.instance;
  }

  /** The error for a mistake of the scenario's author; it ends the search even if the thread catches it. */
  misuse(problem: string): UsageError {
    const error = new UsageError(problem);
    this.fatal ??= error;
    return error;
  }

  protected raise(
    kind: ViolationKind,
    property: string,
    message: string,
    details: readonly string[],
  ): void {
    if (this.raised !== undefined) return;
    const invariant = this.insideInvariant;
    this.raised =
      invariant !== undefined && kind === 'assertion'
        ? this.finding('invariant', invariant, message, details)
        : this.finding(kind, property, message, details);
  }

  protected finding(
    kind: ViolationKind,
    property: string,
    message: string,
    details: readonly string[],
  ): Finding {
    const thread = this.current ?? (this.insideInvariant === undefined ? undefined : this.last);
    return {
      kind,
      property,
      message,
      thread: thread?.name ?? '',
      operation: thread === undefined ? '' : this.lastStep.kind.name,
      object: thread === undefined ? '' : this.lastStep.object.name,
      steps: this.steps,
      details,
    };
  }

  protected note(
    kind: ViolationKind,
    property: string,
    message: string,
    details: readonly string[],
  ): void {
    this.findings.push(this.finding(kind, property, message, details));
  }

  protected caught(error: unknown): void {
    if (error instanceof UsageError) this.fatal ??= error;
    // What unwinds to the step was noted before.
    if (this.raised !== undefined || this.fatal !== undefined) return;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.raised = this.finding('exception', text, `${this.whoRuns()} threw ${text}`, []);
  }

  /** Whose code is being run, for a message. */
  private whoRuns(): string {
    if (this.current !== undefined) return this.current.name;
    if (this.insideInvariant !== undefined) return `the invariant "${this.insideInvariant}"`;
    return this.settingUp ? 'set-up' : 'a final check';
  }
}
