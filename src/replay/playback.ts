import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import type { Schedule } from './schedule.js';

/** The thread that goes on when nobody decides: the running one, else the next in cyclic order of creation. */
export function defaultThread(view: ExecutionView): SimThread {
  const last = view.last;
  const from = last?.index ?? 0;
  let best = view.enabled[0] as SimThread;
  for (let i = 0; i < view.enabledCount; i++) {
    const thread = view.enabled[i] as SimThread;
    if (thread.index >= from) {
      best = thread;
      break;
    }
  }
  return best;
}

/** Where an execution left the schedule that it was to follow. */
export interface Departure {
  /** Number of the step that could not be taken, from 1. */
  readonly step: number;
  readonly why: string;
}

/**
 * Follows a schedule. Where the execution does not allow the next step it notes the departure and either ends the execution or goes
 * on without a schedule.
 */
export class Playback implements Scheduler {
  departure: Departure | undefined = undefined;
  private at = 0;
  private branchAt = 0;
  private readonly schedule: Schedule;
  private readonly onward: boolean;

  /** @param onward - whether to go on under the default schedule after the end of this one, or after a departure */
  constructor(schedule: Schedule, onward: boolean) {
    this.schedule = schedule;
    this.onward = onward;
  }

  pick(view: ExecutionView): SimThread | undefined {
    if (this.departure === undefined && this.at < this.schedule.threads.length) {
      const index = this.schedule.threads[this.at] as number;
      for (let i = 0; i < view.enabledCount; i++) {
        const thread = view.enabled[i] as SimThread;
        if (thread.index === index) {
          this.at++;
          return thread;
        }
      }
      const thread = view.threads[index];
      const who = thread === undefined ? `thread number ${index + 1}` : thread.name;
      const what =
        thread === undefined ? 'does not exist' : thread.ended ? 'has ended' : 'is blocked';
      this.leave(view.steps + 1, `${who} is to go on, but ${what}`);
    }
    return this.departure !== undefined || this.at >= this.schedule.threads.length
      ? this.onward
        ? defaultThread(view)
        : undefined
      : undefined;
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    if (this.departure !== undefined) return 0;
    const branch = this.schedule.branches[this.branchAt++] ?? 0;
    if (branch < count) return branch;
    this.leave(view.steps + 1, `way ${branch + 1} of ${count} is to be taken by ${thread.name}`);
    return 0;
  }

  restart(): void {
    this.at = 0;
    this.branchAt = 0;
    this.departure = undefined;
  }

  private leave(step: number, why: string): void {
    this.departure = { step, why };
  }
}
