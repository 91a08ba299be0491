import { conflicts, type Footprint, type Mode } from '../engine/footprint.js';
import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';

/** One step of an execution with what it depends on. */
export interface TraceStep {
  /** Identity of the thread. */
  readonly thread: number;
  readonly branch: number;
  /** The steps that must come before it in every equivalent execution; not closed under transitivity. */
  readonly after: readonly number[];
}

/** The accesses of one object that mutually commute, and those before them that do not commute with them. */
interface Accesses {
  mode: Mode;
  now: number[];
  before: number[];
}

/**
 * Watches an execution and works out its dependency order: the Mazurkiewicz trace that it is one linearisation of.
 *
 * @internal
 */
export class TraceWatcher implements Scheduler {
  readonly steps: TraceStep[] = [];
  private readonly inner: Scheduler;
  private readonly objects = new Map<number, Accesses>();
  private readonly lastOf = new Map<number, number>();
  private readonly spawnOf = new Map<number, number>();

  /** @param inner - who decides */
  constructor(inner: Scheduler) {
    this.inner = inner;
  }

  pick(view: ExecutionView): SimThread | undefined {
    return this.inner.pick(view);
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    return this.inner.branch(view, thread, count);
  }

  restart(): void {
    this.inner.restart?.();
    this.steps.length = 0;
    this.objects.clear();
    this.lastOf.clear();
    this.spawnOf.clear();
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    const footprint = view.footprint as Footprint;
    const index = this.steps.length;
    const after = new Set<number>();
    for (const id of [thread.id, footprint.joined]) {
      const before = this.lastOf.get(id) ?? this.spawnOf.get(id);
      if (before !== undefined) after.add(before);
    }
    if (footprint.spawned >= 0) this.spawnOf.set(footprint.spawned, index);
    footprint.objects.forEach((object, i) => {
      this.access(object, footprint.modes[i] as Mode, index, after);
    });
    this.lastOf.set(thread.id, index);
    this.steps.push({ thread: thread.id, branch, after: [...after] });
  }

  private access(object: number, mode: Mode, index: number, after: Set<number>): void {
    const accesses = this.objects.get(object);
    if (accesses === undefined) {
      this.objects.set(object, { mode, now: [index], before: [] });
      return;
    }
    if (conflicts(accesses.mode, mode)) {
      accesses.before = accesses.now;
      accesses.now = [];
      accesses.mode = mode;
    }
    for (const earlier of accesses.before) after.add(earlier);
    accesses.now.push(index);
  }
}

/** Follows a given order of steps, by identities of threads, for an equivalent execution. @internal */
export class Linearisation implements Scheduler {
  /** The first step that the execution did not offer, from 1. */
  departedAt: number | undefined = undefined;
  private at = 0;
  private readonly order: readonly TraceStep[];

  constructor(order: readonly TraceStep[]) {
    this.order = order;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const step = this.order[this.at];
    if (step === undefined) {
      // There was nothing left to do in the execution that this one is equivalent to.
      this.departedAt ??= this.at + 1;
      return undefined;
    }
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.id === step.thread) {
        this.at++;
        return thread;
      }
    }
    this.departedAt ??= this.at + 1;
    return undefined;
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    return Math.min((this.order[this.at - 1] as TraceStep).branch, count - 1);
  }

  restart(): void {
    this.at = 0;
    this.departedAt = undefined;
  }
}

/**
 * Another order of the same trace. At each place one of the steps that may come next is taken.
 *
 * @param choose - picks one of the candidates, which are indices into `steps` in the original order
 */
export function reorder(
  steps: readonly TraceStep[],
  choose: (candidates: readonly number[]) => number,
): TraceStep[] {
  const waiting = steps.map((step) => step.after.length);
  const followers: number[][] = steps.map(() => []);
  steps.forEach((step, i) => {
    for (const before of step.after) (followers[before] as number[]).push(i);
  });
  const ready = steps.flatMap((_, i) => (waiting[i] === 0 ? [i] : []));
  const order: TraceStep[] = [];
  while (ready.length > 0) {
    const taken = choose(ready);
    ready.splice(ready.indexOf(taken), 1);
    order.push(steps[taken] as TraceStep);
    for (const follower of followers[taken] as number[]) {
      waiting[follower] = (waiting[follower] as number) - 1;
      if (waiting[follower] === 0) ready.push(follower);
    }
  }
  return order;
}
