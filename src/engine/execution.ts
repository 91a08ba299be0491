import { explainDeadlock } from './deadlock.js';
import { RestartSignal, UsageError } from './errors.js';
import type { Findings } from './findings.js';
import { type Footprint, Mode } from './footprint.js';

import { Inspection, type Watch } from './inspection.js';
import type { Memory } from './memory.js';
import type { SimObject } from './object.js';
import { addFootprint, needsOf, notAnOperation, Operation, OperationKind } from './operation.js';
import type { Recorder } from './recorder.js';
import type { ExecutionView, Scheduler } from './scheduler.js';
import type { Session } from './session.js';
import { acquireClock, releaseClock } from './sync.js';
import { SimThread, type ThreadBody, type ThreadOptions } from './thread.js';
import { isGenerator, undone } from './undone.js';
import { World } from './world.js';

/** How one execution is run. @internal */
export interface ExecutionOptions {
  readonly session: Session;
  readonly maxSteps: number;
  /** Whether a block still allocated at the end is a leak. */
  readonly leakCheck: boolean;
  /** The execution ends when it has so many findings; before that a violation ends only the thread that hit it. */
  readonly haltAfter: number;
  /** Filled with what each step touches, until the scheduler asks for something else. */
  readonly footprint?: Footprint | undefined;
  /** Told what conditions look at, when given. */
  readonly watch?: Watch | undefined;
  readonly recorder?: Recorder | undefined;
}

/** Stands for the step before the first. */
const noOperation: OperationKind = new OperationKind<SimObject, unknown, unknown, unknown>({
  name: '',
  mode: Mode.none,
  execute: () => undefined,
});

/** How an execution ended. @internal */
export type Ending = 'complete' | 'deadlock' | 'halted' | 'livelock' | 'cut';

/**
 * One execution of a scenario: the threads, what each would do next, and the detectors that need no other execution.
 *
 * The execution knows no strategy. It asks a `Scheduler` who runs, performs that step, checks, and asks again until no thread
 * can run.
 *
 * @internal
 */
export class Execution extends Inspection implements ExecutionView {
  readonly threads: SimThread[] = [];
  readonly enabled: SimThread[] = [];
  enabledCount = 0;
  /** Index of the thread of each step, in order of creation. */
  readonly schedule: number[] = [];
  /** What `Scheduler.branch` answered, in order. */
  readonly branchesTaken: number[] = [];
  ending: Ending = 'complete';
  /** What the last step touched, when someone wants to know. */
  footprint: Footprint | undefined;
  readonly lastStep: Findings['lastStep'];
  readonly recorder: Recorder | undefined;
  readonly session: Session;
  /** Stands for no object in particular. */
  readonly world: World;
  detectRaces: boolean;

  private readonly options: ExecutionOptions;
  private readonly live: SimThread[] = [];
  private readonly allocatedBlocks = new Set<Memory>();
  private objectsMade = 0;
  private threadsMade = 0;

  constructor(options: ExecutionOptions) {
    super(options.watch);
    this.options = options;
    this.session = options.session;
    this.detectRaces = options.session.detectRaces;
    this.footprint = options.footprint;
    this.recorder = options.recorder;
    this.world = new World(this);
    this.lastStep = { kind: noOperation, object: this.world };
  }

  get maxSteps(): number {
    return this.options.maxSteps;
  }

  collect(into: Footprint | undefined): void {
    this.footprint = into;
  }

  // ---- set-up ------------------------------------------------------------------------------------------------------------

  /** Builds the world and runs each thread up to its first operation. */
  begin(setup: () => unknown): void {
    let made: unknown;
    try {
      made = setup();
    } catch (error) {
      this.caught(error);
    }
    if (this.fatal !== undefined) throw this.fatal;
    const left = undone(made);
    if (left !== undefined) {
      throw new UsageError(`set-up must be synchronous, and this one returned ${left}`);
    }
    this.checkUnyielded('set-up');
    if (this.raised !== undefined) {
      this.findings.push(this.raised);
      this.raised = undefined;
      this.live.length = 0;
      return;
    }
    this.settingUp = false;
    for (const thread of [...this.threads]) {
      this.current = thread;
      this.resume(thread);
      this.settle(thread);
    }
    this.current = undefined;
    if (this.invariants.length > 0) this.checkInvariants();
  }

  /** The identity of the next object: by creator, so that it is the same in equivalent executions. */
  identify(): number {
    const creator = this.current;
    if (creator === undefined) return this.session.objects.of(0, this.objectsMade++);
    return this.session.objects.of(1 + creator.id, creator.objectsMade++);
  }

  /** Makes a thread. During set-up it starts when set-up is over, later at once. */
  addThread(name: string, body: ThreadBody, options: ThreadOptions = {}): SimThread {
    if (typeof body !== 'function') {
      throw this.misuse(`the body of thread "${name}" must be a generator function (function*)`);
    }
    const generator: unknown = body();
    if (!isGenerator(generator)) {
      const what = undone(generator) ?? String(generator);
      throw this.misuse(
        `the body of thread "${name}" must be a generator function (function*), but calling it returned ${what}`,
      );
    }
    const creator = this.current;
    const id =
      creator === undefined
        ? this.session.threads.of(0, this.threadsMade++)
        : this.session.threads.of(1 + creator.id, creator.threadsMade++);
    const thread = new SimThread(
      id,
      this.threads.length,
      name,
      options.daemon ?? options.service ?? false,
      options.service ?? false,
      generator as Iterator<Operation, unknown, unknown>,
    );
    this.recorder?.born(thread);
    this.threads.push(thread);
    this.live.push(thread);
    if (this.settingUp) return thread;
    if (this.detectRaces && creator !== undefined) acquireClock(thread, releaseClock(creator));
    // The child's local computation makes its own objects.
    this.current = thread;
    this.resume(thread);
    this.settle(thread);
    this.current = creator;
    return thread;
  }

  /** The name of the thread that is running, empty between threads. */
  get self(): string {
    return this.current?.name ?? '';
  }

  /** Switches race detection on; if steps were taken without it, the execution has to begin anew. */
  needRaceDetection(): void {
    if (this.detectRaces) return;
    this.session.detectRaces = true;
    if (this.steps === 0) {
      this.detectRaces = true;
      return;
    }
    this.fatal ??= RestartSignal.instance;
    throw RestartSignal.instance;
  }

  allocated(memory: Memory): void {
    this.allocatedBlocks.add(memory);
  }

  released(memory: Memory): void {
    this.allocatedBlocks.delete(memory);
  }

  // ---- running -----------------------------------------------------------------------------------------------------------

  /** Runs to the end of the execution. */
  run(scheduler: Scheduler): void {
    this.steer(scheduler);
    scheduler.ended?.(this);
    if (this.ending === 'complete') this.finish();
  }

  private steer(scheduler: Scheduler): void {
    const { maxSteps, haltAfter } = this.options;
    for (;;) {
      if (this.findings.length >= haltAfter) {
        this.ending = 'halted';
        return;
      }
      this.refresh();
      if (this.enabledCount === 0) break;
      if (this.steps >= maxSteps) {
        this.ending = 'livelock';
        this.note('livelock', 'steps', `still running after ${maxSteps} steps`, []);
        return;
      }
      const thread = scheduler.pick(this);
      if (thread === undefined) {
        this.ending = 'cut';
        return;
      }
      const op = thread.pending as Operation;
      let branch = 0;
      if (op.kind.branches !== undefined) {
        const count = op.kind.branches(op, thread);
        if (count > 1) {
          branch = scheduler.branch(this, thread, count);
          this.branchesTaken.push(branch);
        }
      }
      this.step(thread, op, branch);
      if (scheduler.stepped !== undefined) scheduler.stepped(this, thread, branch);
    }
  }

  /**
   * Lets go of everything, when nobody will look at the execution again. The bodies of threads written inside set-up are kept alive by the
   * JavaScript engine for a while, and with them all that they can reach; cutting the links makes a search a quarter faster.
   */
  dispose(): void {
    this.threads.length = 0;
    this.enabled.length = 0;
    this.live.length = 0;
    this.schedule.length = 0;
    this.branchesTaken.length = 0;
    this.allocatedBlocks.clear();
    this.last = undefined;
    this.forgetChecks();
  }

  /** Whether this thread could take a step now. */
  canRun(thread: SimThread): boolean {
    const op = thread.pending;
    return op !== undefined && (!op.kind.blocking || this.isEnabled(op, thread));
  }

  /** Whether any thread could take a step now. */
  goesOn(): boolean {
    return this.live.some((thread) => this.canRun(thread));
  }

  private refresh(): void {
    const live = this.live;
    const enabled = this.enabled;
    let count = 0;
    for (let i = 0; i < live.length; i++) {
      const thread = live[i] as SimThread;
      const op = thread.pending as Operation;
      if (!op.kind.blocking || this.isEnabled(op, thread)) enabled[count++] = thread;
    }
    this.enabledCount = count;
  }

  private isEnabled(op: Operation, thread: SimThread): boolean {
    const kind = op.kind;
    if (kind.enabled === undefined || kind.enabled(op, thread)) return true;
    // Who waits for a part of dead memory runs into the use after free instead of waiting for ever.
    return op.object.memory !== undefined && op.object.memory.dead;
  }

  private step(thread: SimThread, op: Operation, branch: number): void {
    const recorder = this.recorder;
    const last = this.last;
    const preempts =
      recorder !== undefined && last !== undefined && last !== thread && this.canRun(last);
    this.steps++;
    this.schedule.push(thread.index);
    this.current = thread;
    this.last = thread;
    const kind = op.kind;
    const { lastStep, footprint } = this;
    lastStep.kind = kind;
    lastStep.object = op.object;
    if (footprint !== undefined) {
      footprint.clear();
      footprint.needs = needsOf(op, thread);
    }
    let result: unknown;
    try {
      result = kind.execute(op, thread, branch);
    } catch (error) {
      this.caught(error);
    }
    if (footprint !== undefined) addFootprint(op, thread, footprint);
    const failed = this.raised !== undefined || this.fatal !== undefined;
    if (recorder !== undefined) {
      recorder.stepped(thread, op, kind.name, result, { index: this.steps, preempts, failed });
    }
    if (!failed) {
      if (kind.followedBy !== undefined) op.kind = kind.followedBy;
      else {
        op.complete(result);
        this.resume(thread);
      }
    }
    this.settle(thread);
    this.current = undefined;
    if (this.invariants.length > 0) this.checkInvariants();
  }

  /** Runs the local computation of a thread up to its next operation. */
  private resume(thread: SimThread): void {
    try {
      const result = thread.generator.next();
      if (result.done === true) thread.pending = undefined;
      else {
        const op: unknown = result.value;
        if (!Operation.wasYielded(op)) throw this.misuse(notAnOperation(thread.name, op));
        thread.pending = op;
      }
    } catch (error) {
      this.caught(error);
    }
    if (this.unyielded !== 0) this.checkUnyielded(`thread "${thread.name}"`);
  }

  /** After a step or a thread's start: ends the thread where it is over, and ends the search on misuse. */
  private settle(thread: SimThread): void {
    if (this.fatal !== undefined) throw this.fatal;
    if (this.raised !== undefined) {
      this.findings.push(this.raised);
      this.raised = undefined;
      thread.pending = undefined;
      thread.violated = true;
    }
    if (thread.pending === undefined) this.live.splice(this.live.indexOf(thread), 1);
  }

  private finish(): void {
    const blocked = this.live.filter(
      (thread) => !thread.daemon || (thread.service && thread.pending?.kind.idle === false),
    );
    // A thread that ended by a violation keeps its locks and its blocks: what only follows is no finding of its own. Failed
    // invariants and final checks end no thread. Whether they came first depends on the linearisation, too.
    const interrupted = this.threads.some((thread) => thread.violated);
    if (blocked.length > 0) {
      const found = explainDeadlock(
        blocked,
        this.live.filter((thread) => !blocked.includes(thread)),
      );
      if (interrupted && !found.cyclic) return;
      this.ending = 'deadlock';
      this.note('deadlock', found.property, found.message, found.details);
      return;
    }
    this.checkFinals({ interrupted });
    if (this.options.leakCheck && !interrupted) this.checkLeaks();
  }

  private checkLeaks(): void {
    for (const memory of this.allocatedBlocks) {
      this.note('leak', memory.name, `${memory.name} is still allocated at the end`, [
        memory.origin,
        ...memory.describeReferences(),
      ]);
    }
  }
}
