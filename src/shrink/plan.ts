import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import { defaultThread } from '../replay/playback.js';
import { preempts } from './preempts.js';

/**
 * A switch that the default schedule would not make: after the running thread took so many steps of its own, another thread goes
 * on. Said so, it still has a meaning when switches before it are left out.
 */
export interface Switch {
  /** Index of the thread that ran before, and how many steps of its own it had taken; -1 at the start. */
  readonly from: number;
  readonly after: number;
  /** Index of the thread that goes on. */
  readonly to: number;
}

/** An execution as what sets it apart from the default schedule. */
export interface Plan {
  readonly switches: readonly Switch[];
  /** By index of the thread: the ways of its steps with several ways, in order. */
  readonly ways: ReadonlyMap<number, readonly number[]>;
}

/** How many steps each thread took, by index. */
class Progress {
  private readonly counts = new Map<number, number>();

  of(thread: SimThread | undefined): number {
    return thread === undefined ? 0 : (this.counts.get(thread.index) ?? 0);
  }

  step(thread: SimThread): void {
    this.counts.set(thread.index, this.of(thread) + 1);
  }

  clear(): void {
    this.counts.clear();
  }
}

/** Lets another scheduler decide and writes down the plan of what it does. */
export class Planner implements Scheduler {
  private switches: Switch[] = [];
  private ways = new Map<number, number[]>();
  private readonly progress = new Progress();
  private readonly inner: Scheduler;

  constructor(inner: Scheduler) {
    this.inner = inner;
  }

  get plan(): Plan {
    return { switches: this.switches, ways: this.ways };
  }

  pick(view: ExecutionView): SimThread | undefined {
    const thread = this.inner.pick(view);
    if (thread === undefined) return undefined;
    if (thread !== defaultThread(view)) {
      const { last } = view;
      this.switches.push({
        from: last?.index ?? -1,
        after: this.progress.of(last),
        to: thread.index,
      });
    }
    this.progress.step(thread);
    return thread;
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    const way = this.inner.branch(view, thread, count);
    const ways = this.ways.get(thread.index);
    if (ways === undefined) this.ways.set(thread.index, [way]);
    else ways.push(way);
    return way;
  }

  restart(): void {
    this.inner.restart?.();
    this.switches = [];
    this.ways = new Map();
    this.progress.clear();
  }
}

/** When an execution is not worth going on with. */
export interface Limits {
  readonly preemptions: number;
  readonly steps: number;
}

/** Executes a plan as far as it has a meaning, and goes on by default where it has none. */
export class Planned implements Scheduler {
  private readonly switches = new Map<string, number>();
  private readonly ways: Plan['ways'];
  private readonly limits: Limits;
  private readonly progress = new Progress();
  private readonly waysTaken = new Map<number, number>();
  private preemptions = 0;

  constructor({ switches, ways }: Plan, limits: Limits) {
    for (const { from, after, to } of switches) this.switches.set(`${from}-${after}`, to);
    this.ways = ways;
    this.limits = limits;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const { limits, progress } = this;
    const thread = this.planned(view) ?? defaultThread(view);
    if (preempts(view, thread)) this.preemptions++;
    if (this.preemptions > limits.preemptions) return undefined;
    if (this.preemptions === limits.preemptions && view.steps >= limits.steps) return undefined;
    progress.step(thread);
    return thread;
  }

  private planned(view: ExecutionView): SimThread | undefined {
    const { last, enabled, enabledCount } = view;
    const to = this.switches.get(`${last?.index ?? -1}-${this.progress.of(last)}`);
    if (to === undefined) return undefined;
    for (let i = 0; i < enabledCount; i++) {
      const thread = enabled[i] as SimThread;
      if (thread.index === to) return thread;
    }
    return undefined;
  }

  branch(_view: ExecutionView, thread: SimThread, count: number): number {
    const taken = this.waysTaken.get(thread.index) ?? 0;
    this.waysTaken.set(thread.index, taken + 1);
    return Math.min(this.ways.get(thread.index)?.[taken] ?? 0, count - 1);
  }

  restart(): void {
    this.progress.clear();
    this.waysTaken.clear();
    this.preemptions = 0;
  }
}
