import { Footprint } from '../engine/footprint.js';
import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import type { SimThread } from '../engine/thread.js';
import { now } from '../explore/environment.js';
import type { Schedule } from '../replay/schedule.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import type { MinimizeSettings } from './options.js';
import { preempts } from './preempts.js';
import { placeOf, type Target } from './target.js';

/** An execution with the failure. */
export interface Found {
  /** Up to the failure. */
  readonly preemptions: number;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Which finding of the execution the failure is, from 1. */
  readonly position: number;
}

/** What minimising works towards: fewer preemptions first, then fewer steps. */
export function isSimpler(
  a: Pick<Found, 'preemptions' | 'steps'>,
  b: Pick<Found, 'preemptions' | 'steps'>,
): boolean {
  return a.preemptions !== b.preemptions ? a.preemptions < b.preemptions : a.steps < b.steps;
}

const progressIntervalMs = 250;

/** Runs executions within a budget, looks for the failure in each, and keeps the simplest that has it. */
export class Trials {
  executions = 0;
  best: Found | undefined = undefined;
  readonly target: Target;
  private readonly scenario: Scenario;
  private readonly settings: MinimizeSettings;
  /** One for all: threads and objects have the same identity in equivalent executions. */
  private readonly session = new Session();
  private readonly startedAt = now();
  private progressAt = this.startedAt + progressIntervalMs;
  private stopped = false;

  constructor(scenario: Scenario, target: Target, settings: MinimizeSettings) {
    this.scenario = scenario;
    this.target = target;
    this.settings = settings;
  }

  /** Whether the budget allows no more executions. */
  spent(): boolean {
    if (this.stopped || this.executions >= this.settings.maxExecutions) return true;
    const { timeLimitMs, onProgress } = this.settings;
    if (timeLimitMs === Infinity && onProgress === undefined) return false;
    const time = now();
    if (onProgress !== undefined && this.best !== undefined && time >= this.progressAt) {
      this.progressAt = time + progressIntervalMs;
      const { executions } = this;
      const { preemptions, steps } = this.best;
      this.stopped = onProgress({ executions, preemptions, steps }) === false;
    }
    this.stopped ||= time - this.startedAt >= timeLimitMs;
    return this.stopped;
  }

  /**
   * Runs one execution.
   *
   * @param footprints - whether the scheduler wants to know what each step touches
   * @returns the failure in it, if any
   */
  run(scheduler: Scheduler, footprints: boolean): Found | undefined {
    this.executions++;
    const { scenario, session, target } = this;
    const counted = new Counted(scheduler);
    const execution = run(scenario, counted, {
      session,
      maxSteps: target.maxSteps,
      haltAfter: target.haltAfter,
      footprint: footprints ? new Footprint() : undefined,
    });
    const place = placeOf(target, execution.findings);
    const finding = execution.findings[place];
    if (finding === undefined) return undefined;
    const { steps } = finding;
    const found: Found = {
      steps,
      preemptions: counted.upTo[steps] as number,
      position: place + 1,
      schedule: {
        threads: execution.schedule.slice(0, steps),
        branches: execution.branchesTaken,
      },
    };
    if (this.best === undefined || isSimpler(found, this.best)) this.best = found;
    return found;
  }
}

/** Counts preemptions, whoever decides. */
class Counted implements Scheduler {
  /** How many there were in the first so many steps. */
  readonly upTo: number[] = [0];
  private readonly inner: Scheduler;

  constructor(inner: Scheduler) {
    this.inner = inner;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const thread = this.inner.pick(view);
    if (thread !== undefined) {
      this.upTo.push((this.upTo[view.steps] as number) + (preempts(view, thread) ? 1 : 0));
    }
    return thread;
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    return this.inner.branch(view, thread, count);
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    this.inner.stepped?.(view, thread, branch);
  }

  restart(): void {
    this.upTo.length = 1;
    this.inner.restart?.();
  }
}
