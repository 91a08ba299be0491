import { Footprint } from '../../engine/footprint.js';
import type { ExecutionView, Scheduler } from '../../engine/scheduler.js';
import type { SimThread } from '../../engine/thread.js';
import { PrefixDiffers } from '../strategy.js';
import { type Access, accessOf } from './step.js';
import type { Conditions } from './watch.js';

/** A step of a sequence to try. */
export interface Tried {
  readonly thread: number;
  readonly branch: number;
}

/**
 * Executes a sequence of steps to learn what the last one does there, for the few operations where nothing else tells: conditions and
 * steps of the author's code.
 */
export class Probe implements Scheduler {
  /** What the last step touched; undefined when it could not be taken. */
  outcome: Access | undefined = undefined;
  private readonly sequence: readonly Tried[];
  private readonly conditions: Conditions;
  private readonly footprint = new Footprint();
  private at = 0;

  constructor(sequence: readonly Tried[], conditions: Conditions) {
    this.sequence = sequence;
    this.conditions = conditions;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const step = this.sequence[this.at];
    if (step === undefined) return undefined;
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.id !== step.thread) continue;
      this.at++;
      view.collect(this.at === this.sequence.length ? this.footprint : undefined);
      return thread;
    }
    if (this.at < this.sequence.length - 1) {
      throw new PrefixDiffers(`step ${view.steps + 1} could not be taken in an equivalent order`);
    }
    return undefined;
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    return Math.min((this.sequence[this.at - 1] as Tried).branch, count - 1);
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    if (this.at === this.sequence.length) {
      this.conditions.extend(this.footprint, thread.id, view.lastStep.kind);
      this.outcome = accessOf(thread.id, branch, this.footprint);
    }
  }

  restart(): void {
    this.at = 0;
    this.outcome = undefined;
  }
}
