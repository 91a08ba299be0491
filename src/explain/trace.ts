import type { Execution } from '../engine/execution.js';
import { Footprint } from '../engine/footprint.js';
import type { Shown } from '../engine/operation.js';
import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import { Order } from '../explore/dpor/order.js';
import { happensBefore, type Step, stepOf, touchInConflict } from '../explore/dpor/step.js';
import type { Conditions } from '../explore/dpor/watch.js';
import type { Playback } from '../replay/playback.js';
import { type Description, keyOf, type Names, ownLabel } from './names.js';

/** Three-valued: what is so in some orders of a trace only is neither true nor false of it. */
export type Truth = boolean | undefined;

/** A Mazurkiewicz trace: which steps happen, and which of them happen in the same order in all executions of the trace. */
export class Trace {
  /** Kinds and properties of what failed. */
  readonly failures: ReadonlySet<string>;
  private readonly steps: readonly Step[];
  private readonly names: readonly number[];
  private readonly at = new Map<number, number>();
  /** What is waited for at the end. */
  private readonly waiting: ReadonlySet<number>;
  /** By name: which way a step went that may have several. */
  private readonly ways: ReadonlyMap<number, Shown>;

  constructor(parts: {
    readonly failures: ReadonlySet<string>;
    readonly steps: readonly Step[];
    readonly names: readonly number[];
    readonly waiting: ReadonlySet<number>;
    readonly ways: ReadonlyMap<number, Shown>;
  }) {
    this.failures = parts.failures;
    this.steps = parts.steps;
    this.names = parts.names;
    this.waiting = parts.waiting;
    this.ways = parts.ways;
    parts.names.forEach((name, i) => this.at.set(name, i));
  }

  get length(): number {
    return this.steps.length;
  }

  happens(name: number): boolean {
    return this.at.has(name);
  }

  /** Whether the step happens, or is waited for at the end. */
  comes(name: number): boolean {
    return this.at.has(name) || this.waiting.has(name);
  }

  /** Whether the first step happens and the other one later or not at all. */
  before(first: number, other: number): Truth {
    const a = this.at.get(first);
    if (a === undefined) return false;
    const b = this.at.get(other);
    if (b === undefined) return true;
    const earlier = this.steps[a] as Step;
    const later = this.steps[b] as Step;
    if (happensBefore(earlier, later.clock)) return true;
    return happensBefore(later, earlier.clock) ? false : undefined;
  }

  way(name: number): Shown | undefined {
    return this.ways.get(name);
  }

  /** The place of a step in the execution that was recorded, from 0; its length for one that did not happen. */
  place(name: number): number {
    return this.at.get(name) ?? this.steps.length;
  }

  allNames(): readonly number[] {
    return this.names;
  }

  allWays(): ReadonlyMap<number, Shown> {
    return this.ways;
  }

  /** Names of steps of different threads that do not commute, in the order in which they were executed. */
  *conflicts(): Generator<readonly [earlier: number, later: number]> {
    const { steps, names } = this;
    for (let j = 1; j < steps.length; j++) {
      const later = steps[j] as Step;
      for (let i = 0; i < j; i++) {
        const earlier = steps[i] as Step;
        if (earlier.thread === later.thread || !touchInConflict(earlier, later)) continue;
        yield [names[i] as number, names[j] as number];
      }
    }
  }

  /** The same for equal traces. */
  key(): string {
    const parts = this.steps.map(
      ({ thread, sequence, branch, clock }) => `${thread}.${sequence}/${branch}<${clock.join()}`,
    );
    return parts.sort().join(';');
  }
}

/** Identifies a failure within a scenario. */
export function failureKey({ kind, property }: { kind: string; property: string }): string {
  return JSON.stringify([kind, property]);
}

/** Executes a schedule again and writes down its trace. */
export class TraceRecorder implements Scheduler {
  readonly footprint: Footprint = new Footprint();
  private readonly playback: Playback;
  private readonly conditions: Conditions;
  private readonly names: Names;
  private order = new Order();
  private kept: { thread: string; count: number }[] = [];
  private waiting: { thread: string; operation: string; object: string; label: string }[] = [];
  /** In how many ways the step under way can go; 0 for operations that have none to choose from. */
  private count = 0;

  constructor(playback: Playback, conditions: Conditions, names: Names) {
    this.playback = playback;
    this.conditions = conditions;
    this.names = names;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const thread = this.playback.pick(view);
    const op = thread?.pending;
    this.count = op === undefined ? 0 : (op.kind.branches?.(op, thread as SimThread) ?? 0);
    return thread;
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    return this.playback.branch(view, thread, count);
  }

  restart(): void {
    this.playback.restart();
    this.order = new Order();
    this.kept = [];
    this.waiting = [];
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    const { footprint, order, count } = this;
    const { lastStep } = view;
    this.conditions.extend(footprint, thread.id, lastStep.kind);
    const clock = order.clockAtEnd(thread.id, footprint);
    const sequence = clock[thread.id] as number;
    order.append(stepOf(thread, lastStep, footprint, { branch, count, sequence, clock }));
    this.kept.push({ thread: this.names.thread(thread), count });
  }

  ended({ threads, enabled, enabledCount }: ExecutionView): void {
    const canRun = new Set(enabled.slice(0, enabledCount));
    for (const thread of threads) {
      const op = thread.pending;
      if (op === undefined || canRun.has(thread)) continue;
      const { kind, object } = op;
      const label = ownLabel(kind.name, kind.definition.label?.(op) ?? '');
      const what = { operation: kind.name, object: object.name, label };
      this.waiting.push({ thread: this.names.thread(thread), ...what });
    }
  }

  /** The trace of the execution that was executed under this scheduler with a recorder. */
  trace(execution: Execution): Trace {
    const { names, order } = this;
    const events = execution.recorder?.events ?? [];
    const counts = new Map<string, number>();
    const numberOf = (what: Description): number => {
      const key = keyOf(what);
      const occurrence = (counts.get(key) ?? 0) + 1;
      counts.set(key, occurrence);
      return names.number(what, occurrence);
    };
    const ways = new Map<number, Shown>();
    const numbers = this.kept.map(({ thread, count }, i) => {
      const { operation, object, label, value } = events[i] as (typeof events)[number];
      const own = ownLabel(operation, label);
      const number = numberOf({ thread, operation, object, label: own });
      names.note(number, own === '' ? label : label.slice(own.length + 2));
      const branch = (order.steps[i] as Step).branch;
      if (count > 0) ways.set(number, operation === 'choose' ? value : branch + 1);
      return number;
    });
    const waiting = new Set(this.waiting.map(numberOf));
    const failures = new Set(execution.findings.map(failureKey));
    return new Trace({ failures, steps: order.steps, names: numbers, waiting, ways });
  }
}
