import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import type { Calibration } from './calibration.js';
import type { Strategy } from './strategy.js';
import { Stream } from './stream.js';

/** What determines the executions. */
export interface PctOptions {
  readonly seed: string | number;
  /** One more than the number of change points. */
  readonly depth: number;
  /** The change points are spread over so many steps: see {@link estimateLength}. */
  readonly length: number;
}

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees
 * of Finding Bugs, ASPLOS 2010). The thread with the highest priority runs; initial priorities are a random permutation; at d - 1
 * random steps a thread falls below all initial priorities. In a program of n threads and k steps it finds a bug of depth d, one that
 * d ordering constraints suffice for, with probability at least 1 / (n k^(d-1)).
 *
 * What the paper leaves open, or where this departs from it:
 *
 * - A change point lowers the thread that is about to take the step, and the choice is made again. Several at one step each lower
 *   whoever is then about to take it, the later one further. Lowering the thread that just took the step would never lower a thread
 *   before its first step, and miss some bugs of depth 3 in three threads altogether.
 * - A thread that is spawned later draws its priority when it is first seen, from the same range, and so gets each place among the
 *   initial priorities with equal probability. Change points reach below it as below the others.
 * - k is not given but estimated, and steps past it have no change points.
 * - The values of a choice are equally likely; the paper has none.
 * - Nothing lowers a thread that spins: it runs until a change point or for ever, which is a livelock. Wait with `until`.
 */
export class ConcurrencyTesting implements Strategy {
  readonly exhaustive: boolean = false;
  private readonly stream: Stream;
  private readonly depth: number;
  private readonly length: number;
  private index = 0;
  /** By index of thread. Initial ones are not negative, lowered ones are. */
  private readonly priorities: number[] = [];
  /** In order; each is step * depth + number, so that of two at one step the one that lowers less comes first. */
  private readonly points: number[] = [];
  private nextPoint = 0;
  /** Steps before the next change point; -1 when there are no more. */
  private nextChange = -1;

  constructor({ seed, depth, length }: PctOptions, consumer = 'pct') {
    this.stream = new Stream(seed, consumer);
    this.depth = depth;
    this.length = length;
  }

  begin(index: number): boolean {
    this.index = index;
    this.restart();
    return true;
  }

  restart(): void {
    const { stream, points, depth } = this;
    stream.begin(this.index);
    this.priorities.length = 0;
    for (let i = 0; i < depth - 1; i++) points[i] = stream.below(this.length) * depth + i;
    if (depth > 2) points.sort((a, b) => a - b);
    this.nextPoint = 0;
    this.findChange();
  }

  pick(view: ExecutionView): SimThread {
    const { priorities } = this;
    while (priorities.length < view.threads.length) priorities.push(this.stream.next() >>> 0);
    let thread = this.highest(view);
    while (view.steps === this.nextChange) {
      const point = this.points[this.nextPoint++] as number;
      priorities[thread.index] = -1 - (point % this.depth);
      this.findChange();
      thread = this.highest(view);
    }
    return thread;
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    return this.stream.below(count);
  }

  private findChange(): void {
    const point = this.points[this.nextPoint];
    this.nextChange = point === undefined ? -1 : Math.floor(point / this.depth);
  }

  private highest({ enabled, enabledCount }: ExecutionView): SimThread {
    const { priorities } = this;
    let best = enabled[0] as SimThread;
    let highest = priorities[best.index] as number;
    for (let i = 1; i < enabledCount; i++) {
      const thread = enabled[i] as SimThread;
      const priority = priorities[thread.index] as number;
      if (priority > highest) {
        best = thread;
        highest = priority;
      }
    }
    return best;
  }
}

const calibrationRuns = 8;

/**
 * How many steps an execution has: the longest of some with priorities that never change, which depend on nothing but the seed. They are
 * like the executions to come, where a random walk would run into the deadlocks that are looked for. Those that did not end, because
 * a thread spins while it keeps the others from running, count only when there are no others.
 */
export function estimateLength(
  { seed, maxSteps }: { readonly seed: string | number; readonly maxSteps: number },
  calibration: Pick<Calibration, 'execute'>,
): number {
  const walk = new ConcurrencyTesting({ seed, depth: 1, length: 1 }, 'pct/length');
  let longest = 0;
  const measured: Scheduler = {
    pick: (view) => walk.pick(view),
    branch: (view, thread, count) => walk.branch(view, thread, count),
    restart: () => {
      walk.restart();
    },
    ended: ({ steps }) => {
      if (steps < maxSteps) longest = Math.max(longest, steps);
    },
  };
  for (let i = 0; i < calibrationRuns; i++) {
    walk.begin(i);
    calibration.execute(measured);
  }
  return longest === 0 ? maxSteps : longest;
}
