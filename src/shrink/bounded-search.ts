import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import { PrefixDiffers } from '../explore/strategy.js';
import type { TraceStep } from '../explore/trace.js';
import { canGoOn } from './preempts.js';
import { Prefix, type StepNames } from './prefix.js';
import { placeOf, type Target } from './target.js';

/** A place where the search chose, and what it may still choose. */
interface Frame {
  /** Thread indices, or the ways of a step. */
  readonly options: readonly number[];
  at: number;
  /** Steps and preemptions before. */
  readonly steps: number;
  readonly preemptions: number;
  /** What choosing anything but the first option costs. */
  readonly cost: number;
}

/** Places beyond this number are not remembered: it bounds the memory, not what is found. */
const mostPlaces = 1_000_000;

/**
 * Every execution with at most so many preemptions (Musuvathi and Qadeer, "Iterative Context Bounding for Systematic Testing of
 * Multithreaded Programs", PLDI 2007), depth first. Of prefixes that are orders of the same trace and end with the same thread
 * only one that has the fewest preemptions is continued, because all lead to the same continuations at the same cost.
 *
 * Executions are cut where they cannot have the failure within fewer steps than allowed.
 */
export class BoundedSearch implements Scheduler {
  /** Only failures with fewer steps are of interest. */
  fewerStepsThan: number;
  private readonly bound: number;
  private readonly target: Target;
  private readonly names: StepNames;
  private readonly stack: Frame[] = [];
  private depth = 0;
  private preemptions = 0;
  private steps: readonly TraceStep[] = [];
  private prefix: Prefix;
  /** By place: the fewest preemptions with which it was reached. */
  private readonly reached = new Map<string, number>();

  constructor(bound: number, fewerStepsThan: number, target: Target, names: StepNames) {
    this.bound = bound;
    this.fewerStepsThan = fewerStepsThan;
    this.target = target;
    this.names = names;
    this.prefix = new Prefix(names);
  }

  /**
   * Prepares the first execution or the next.
   *
   * @param steps - will hold the steps of its trace as it goes
   * @returns false when there are no more
   */
  begin(steps: readonly TraceStep[], first: boolean): boolean {
    this.steps = steps;
    this.restart();
    if (first) return true;
    for (;;) {
      const frame = this.stack[this.stack.length - 1];
      if (frame === undefined) return false;
      frame.at++;
      if (frame.at < frame.options.length && frame.steps + 1 < this.fewerStepsThan) return true;
      this.stack.pop();
    }
  }

  restart(): void {
    this.depth = 0;
    this.preemptions = 0;
    this.prefix = new Prefix(this.names);
  }

  pick(view: ExecutionView): SimThread | undefined {
    const frame = this.stack[this.depth] ?? this.enter(view);
    if (frame === undefined) return undefined;
    this.depth++;
    if (frame.at > 0) this.preemptions += frame.cost;
    const index = frame.options[frame.at] as number;
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.index === index) return thread;
    }
    throw new PrefixDiffers(`step ${view.steps + 1} could not be taken again`);
  }

  branch(view: ExecutionView, _thread: SimThread, count: number): number {
    let frame = this.stack[this.depth];
    if (frame === undefined) {
      const options = Array.from({ length: count }, (_, way) => way);
      const { preemptions } = this;
      frame = { options, at: 0, steps: view.steps, preemptions, cost: 0 };
      this.stack.push(frame);
    }
    this.depth++;
    return frame.options[frame.at] as number;
  }

  /** What can be chosen at a place that is new; nothing where it is not worth going on. */
  private enter(view: ExecutionView): Frame | undefined {
    if (view.steps + 1 >= this.fewerStepsThan) return undefined;
    if (view.findings.length > 0 && placeOf(this.target, view.findings) >= 0) return undefined;
    if (view.enabledCount > 1 && this.wasReached(view)) return undefined;
    const cost = canGoOn(view) ? 1 : 0;
    const options = inTurn(view);
    // The first is the thread that can go on.
    if (this.preemptions + cost > this.bound) options.length = 1;
    const { preemptions } = this;
    const frame: Frame = { options, at: 0, steps: view.steps, preemptions, cost };
    this.stack.push(frame);
    return frame;
  }

  private wasReached({ last, findings }: ExecutionView): boolean {
    this.prefix.extend(this.steps);
    // An invariant that failed is not evaluated again, and where it did depends on the order.
    const failed = findings.map(({ kind, property }) => JSON.stringify([kind, property])).sort();
    const key = `${this.prefix.key()} ${last?.id ?? ''} ${failed.join()}`;
    const before = this.reached.get(key);
    if (before !== undefined && before <= this.preemptions) return true;
    if (before !== undefined || this.reached.size < mostPlaces) {
      this.reached.set(key, this.preemptions);
    }
    return false;
  }
}

/** The threads that can run, by index: in cyclic order of creation from the one that ran last. */
function inTurn({ last, enabled, enabledCount }: ExecutionView): number[] {
  const from = last?.index ?? 0;
  const indices: number[] = [];
  for (let i = 0; i < enabledCount; i++) indices.push((enabled[i] as SimThread).index);
  return [...indices.filter((index) => index >= from), ...indices.filter((index) => index < from)];
}
