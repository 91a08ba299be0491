import type { Operation } from '../engine/operation.js';
import type { ExecutionView } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import { RaceCheck } from './race.js';
import type { Strategy } from './strategy.js';
import { Stream } from './stream.js';

/** Stands for a priority that is yet to be drawn. */
const none = -1;

/**
 * Partial-order sampling (Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling, CAV 2018). Each event, not each thread, has a random
 * priority, and the one with the highest is executed. Events that race with it get new ones, so that the orders of different
 * races are independent of each other. An event that waits keeps its priority: one step against a row of m independent ones
 * comes last with probability 1 / (m + 1), where a random walk has 2^-m.
 *
 * What the paper leaves open, or where this departs from it:
 *
 * - Whether events race is decided before they are executed, by {@link RaceCheck}, which says so in doubt: a failed compareExchange counts
 *   as a write, and a step of the author's code or an `until` races with everything. Too many new priorities make it more
 *   like a random walk there.
 * - Each half of an operation of two steps is an event.
 * - The values of a choice are equally likely; the paper has none.
 */
export class PartialOrderSampling implements Strategy {
  readonly exhaustive: boolean = false;
  private readonly stream: Stream;
  private readonly races = new RaceCheck();
  private index = 0;
  /** Of what each thread does next, by index of thread. */
  private readonly priorities: number[] = [];

  constructor(seed: string | number) {
    this.stream = new Stream(seed, 'pos');
  }

  begin(index: number): boolean {
    this.index = index;
    this.restart();
    return true;
  }

  restart(): void {
    this.stream.begin(this.index);
    this.priorities.length = 0;
  }

  pick(view: ExecutionView): SimThread {
    const { enabled, enabledCount } = view;
    const { priorities, races } = this;
    while (priorities.length < view.threads.length) priorities.push(none);
    let best = enabled[0] as SimThread;
    let highest = none;
    for (let i = 0; i < enabledCount; i++) {
      const thread = enabled[i] as SimThread;
      let priority = priorities[thread.index] as number;
      if (priority === none) {
        priority = this.stream.next() >>> 0;
        priorities[thread.index] = priority;
      }
      if (priority > highest) {
        best = thread;
        highest = priority;
      }
    }
    priorities[best.index] = none;
    // What is blocked has no priority to lose: whoever blocked it raced with it, or it never could run.
    if (enabledCount > 1) {
      races.begin(best.pending as Operation, best);
      for (let i = 0; i < enabledCount; i++) {
        const thread = enabled[i] as SimThread;
        if (thread === best) continue;
        if (races.with(thread.pending as Operation, thread)) priorities[thread.index] = none;
      }
    }
    return best;
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    return this.stream.below(count);
  }
}
