import { UsageError } from './errors.js';
import { Findings } from './findings.js';
import { Mode, type ReadSink } from './footprint.js';
import { checkAlive, type Memory } from './memory.js';
import type { SimObject } from './object.js';
import { describe, type Operation } from './operation.js';
import { sync } from './sync.js';
import type { SimThread } from './thread.js';
import { undone } from './undone.js';

/** Wants to know what conditions look at. @internal */
export interface Watch {
  /** Where the reads of an invariant go, by its number in order of registration. */
  invariant(index: number): ReadSink;
  /** Where the reads of the condition that a thread waits for go. */
  until(thread: SimThread): ReadSink;
}

/** How an execution came to its end. */
export interface Ending {
  /** Whether a violation ended one of the threads, so that it left things undone. */
  readonly interrupted: boolean;
}

/** Looks at what an execution left behind. */
export type FinalCheck = (ending: Ending) => void;

interface Invariant {
  readonly name: string;
  readonly holds: () => boolean | void;
  failed: boolean;
}

/**
 * Code of the scenario's author that looks at shared state without being an operation: invariants, final checks, conditions, steps.
 * Knows when that is allowed and what was looked at.
 *
 * @internal
 */
export abstract class Inspection extends Findings {
  /** Operations made and not yet passed on by `yield*`. */
  unyielded = 0;
  /** The operation made last, and the one that another was made after before it was passed on. */
  newest: Operation | undefined = undefined;
  orphan: Operation | undefined = undefined;
  /** The thread whose `step` or `until` looks at variables, so that a look is an access of that thread. */
  acting: SimThread | undefined = undefined;
  protected readonly invariants: Invariant[] = [];
  /** Whether code runs that may `peek`. */
  private peeking = false;
  /** Where looks are noted as reads. */
  private peekSink: ReadSink | undefined = undefined;
  private readonly finals: ((ending: Ending) => unknown)[] = [];
  private readonly watch: Watch | undefined;

  constructor(watch: Watch | undefined) {
    super();
    this.watch = watch;
  }

  addInvariant(name: string, holds: () => boolean | void): void {
    this.duringSetup('an invariant');
    this.invariants.push({ name, holds, failed: false });
  }

  addFinal(check: FinalCheck): void {
    this.duringSetup('a final check');
    this.finals.push(check);
  }

  duringSetup(what: string): void {
    if (!this.settingUp || this.current !== undefined) {
      throw this.misuse(`${what} must be registered during set-up`);
    }
  }

  /** Where the reads of the condition that a thread waits for are noted. */
  watchOf(thread: SimThread): ReadSink | undefined {
    return this.watch?.until(thread);
  }

  /** Evaluates code of the author that may peek, noting what it looks at. */
  inspect<T>(evaluate: () => T, sink?: ReadSink, acting?: SimThread): T {
    const { peeking, peekSink, acting: actingBefore } = this;
    this.peeking = true;
    this.peekSink = sink;
    this.acting = acting;
    try {
      return evaluate();
    } finally {
      this.peeking = peeking;
      this.peekSink = peekSink;
      this.acting = actingBefore;
    }
  }

  /** Evaluates a condition without consequences; one that fails counts as true, so that its thread runs into the failure. */
  wouldHold(condition: () => unknown, thread: SimThread): boolean {
    let holds = true;
    try {
      holds = Boolean(this.inspect(condition, this.watchOf(thread)));
      if (this.unyielded !== 0) this.checkUnyielded(`the condition of thread "${thread.name}"`);
    } catch (error) {
      this.caught(error);
    }
    // What was noted counts, even if the condition caught it.
    if (this.raised !== undefined || this.fatal !== undefined) holds = true;
    this.raised = undefined;
    return holds;
  }

  /** Every look at an object comes here first. */
  peeked(object: SimObject): void {
    if (!this.peeking) {
      throw this.misuse(
        `peek at "${object.name}" outside an invariant, finally, until, step or message: a thread reads shared state only by operations`,
      );
    }
    const sink = this.peekSink;
    if (sink !== undefined) {
      sink.add(object.id, Mode.read);
      if (object.memory !== undefined) sink.add(object.memory.id, Mode.read);
    }
    checkAlive(object);
    if (this.acting !== undefined) sync.acquire(this.acting, object);
  }

  /** A look at whether memory is dead, which is no error if it is. */
  peekedLiveness(memory: Memory): void {
    if (!this.peeking) {
      throw this.misuse(
        `look at whether "${memory.name}" is alive outside an invariant, finally, until, step or message`,
      );
    }
    this.peekSink?.add(memory.id, Mode.read);
  }

  /** Every change of an object outside an operation of its own comes here first. */
  poked(object: SimObject): SimThread {
    if (this.acting === undefined || !this.peeking) {
      throw this.misuse(`poke at "${object.name}" outside a step`);
    }
    const sink = this.peekSink;
    if (sink !== undefined) {
      sink.add(object.id, Mode.write);
      if (object.memory !== undefined) sink.add(object.memory.id, Mode.read);
    }
    checkAlive(object);
    return this.acting;
  }

  protected checkInvariants(): void {
    for (let i = 0; i < this.invariants.length; i++) {
      const invariant = this.invariants[i] as Invariant;
      if (invariant.failed) continue;
      this.insideInvariant = invariant.name;
      let holds: boolean | void = false;
      try {
        holds = this.inspect(invariant.holds, this.watch?.invariant(i));
      } catch (error) {
        this.caught(error);
      }
      if (holds !== undefined && typeof holds !== 'boolean') {
        this.refuseUndone(`the invariant "${invariant.name}"`, holds);
      }
      if (this.fatal !== undefined) throw this.fatal;
      if (holds === false && this.raised === undefined) {
        this.raise(
          'invariant',
          invariant.name,
          `the invariant "${invariant.name}" does not hold`,
          [],
        );
      }
      this.insideInvariant = undefined;
      if (this.raised !== undefined) {
        invariant.failed = true;
        this.findings.push(this.raised);
        this.raised = undefined;
      }
    }
  }

  /** Refuses what code that should be over when it returns left for later. */
  refuseUndone(what: string, made: unknown): void {
    const left = undone(made);
    if (left === undefined) return;
    throw this.misuse(`${what} must be synchronous, but gave ${left}`);
  }

  protected forgetChecks(): void {
    this.invariants.length = 0;
    this.finals.length = 0;
    this.newest = undefined;
    this.orphan = undefined;
  }

  /** Evaluates every final check; a failed one does not stop the next. */
  protected checkFinals(ending: Ending): void {
    for (const check of this.finals) {
      try {
        this.inspect(() => {
          this.refuseUndone('a final check', check(ending));
        });
      } catch (error) {
        this.caught(error);
      }
      if (this.fatal !== undefined) throw this.fatal;
      if (this.raised !== undefined) this.findings.push(this.raised);
      this.raised = undefined;
    }
    this.checkUnyielded('a final check');
  }

  protected checkUnyielded(where: string): void {
    if (this.unyielded === 0 || this.fatal !== undefined) return;
    this.unyielded = 0;
    // A thread that failed may have left an operation behind.
    if (this.raised !== undefined) return;
    const op = this.orphan ?? this.newest;
    const what = op === undefined ? 'an operation' : `the operation ${describe(op)}`;
    this.fatal = new UsageError(
      `${where} made ${what} and did not pass it on: write "yield*" before it, or it has no effect`,
    );
    if (this.current === undefined) throw this.fatal;
  }
}
