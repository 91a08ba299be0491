import { conflicts, type Footprint, type Mode } from '../../engine/footprint.js';
import { happensBefore, type Step } from './step.js';

/**
 * The accesses of one object in order. Neighbours that mutually commute form a group; each access of a group conflicts with each of the
 * group before it.
 */
export interface Log {
  readonly depths: number[];
  readonly modes: Mode[];
  /** Index of the first access of the group that this access belongs to. */
  readonly groupStarts: number[];
}

/** Index of the last number below a limit in an ascending list, or -1. */
function lastBelow(list: readonly number[], limit: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const manyZeros: number[] = [];

/** A list of zeros: copying one is much faster than pushing them. */
function zeros(count: number): number[] {
  while (manyZeros.length < count) manyZeros.push(0);
  return manyZeros.slice(0, count);
}

/** Takes the pointwise maximum into `into`. */
export function joinClock(into: number[], from: readonly number[]): void {
  for (let i = into.length; i < from.length; i++) into.push(0);
  for (let i = 0; i < from.length; i++) {
    const time = from[i] as number;
    if (time > (into[i] as number)) into[i] = time;
  }
}

/**
 * The happens-before order of the execution under way: the transitive closure of program order, spawn, join and conflicts. Grows at its
 * end and shrinks back when the search goes back, so that a repeated prefix costs nothing.
 */
export class Order {
  readonly steps: Step[] = [];
  private readonly logs: (Log | undefined)[] = [];
  /** Depths of the steps of each thread, by identity. */
  private readonly byThread: (number[] | undefined)[] = [];
  /** Depth of the step that made a thread, by identity. */
  private readonly spawners: (number | undefined)[] = [];

  /** Depth of the last step of the thread, or of the one that made it. */
  lastDepth(thread: number): number | undefined {
    const own = this.byThread[thread];
    return own !== undefined && own.length > 0 ? own[own.length - 1] : this.spawners[thread];
  }

  /** The last step of the thread, or the one that made it. */
  lastOf(thread: number): Step | undefined {
    const depth = this.lastDepth(thread);
    return depth === undefined ? undefined : this.steps[depth];
  }

  /** What comes before the step of this depth in program order. */
  predecessor(depth: number): Step | undefined {
    const step = this.steps[depth] as Step;
    const before =
      step.sequence > 1
        ? (this.byThread[step.thread] as number[])[step.sequence - 2]
        : this.spawners[step.thread];
    return before === undefined ? undefined : this.steps[before];
  }

  /** Identities of threads that took steps or were made by one are below this. */
  get threadCount(): number {
    return Math.max(this.byThread.length, this.spawners.length);
  }

  log(object: number): Log | undefined {
    return this.logs[object];
  }

  /**
   * The last accesses before `depth` that do not commute with an access in this mode: the end and the start of a range of the log; the
   * end is below the start when there are none.
   */
  conflicting(log: Log, mode: Mode, depth: number): { start: number; end: number } {
    let end = lastBelow(log.depths, depth);
    if (end >= 0 && !conflicts(log.modes[end] as Mode, mode)) {
      end = (log.groupStarts[end] as number) - 1;
    }
    return { start: end < 0 ? 0 : (log.groupStarts[end] as number), end };
  }

  /** The clock of a step that is put at the end of the execution. */
  clockAtEnd(thread: number, footprint: Footprint): number[] {
    const before = this.lastOf(thread);
    const clock = before === undefined ? zeros(thread + 1) : before.clock.slice();
    while (clock.length <= thread) clock.push(0);
    if (footprint.joined >= 0) {
      const end = this.lastOf(footprint.joined);
      if (end !== undefined) joinClock(clock, end.clock);
    }
    const { objects, modes } = footprint;
    for (let i = 0; i < objects.length; i++) {
      const log = this.logs[objects[i] as number];
      if (log === undefined || log.depths.length === 0) continue;
      const { start, end } = this.conflicting(log, modes[i] as Mode, this.steps.length);
      for (let k = start; k <= end; k++) {
        joinClock(clock, (this.steps[log.depths[k] as number] as Step).clock);
      }
    }
    clock[thread] = this.countOf(thread) + 1;
    return clock;
  }

  /** Number of steps that the thread took. */
  countOf(thread: number): number {
    return this.byThread[thread]?.length ?? 0;
  }

  append(step: Step): void {
    const depth = this.steps.length;
    this.steps.push(step);
    const own = this.byThread[step.thread];
    if (own === undefined) this.byThread[step.thread] = [depth];
    else own.push(depth);
    if (step.spawned >= 0) this.spawners[step.spawned] = depth;
    for (let i = 0; i < step.objects.length; i++) {
      const object = step.objects[i] as number;
      const mode = step.modes[i] as Mode;
      const log = this.logs[object] ?? this.newLog(object);
      const at = log.depths.length;
      const joins = at > 0 && !conflicts(log.modes[at - 1] as Mode, mode);
      log.depths.push(depth);
      log.modes.push(mode);
      log.groupStarts.push(joins ? (log.groupStarts[at - 1] as number) : at);
    }
  }

  /** Forgets all steps from this depth on. */
  truncate(depth: number): void {
    while (this.steps.length > depth) {
      const step = this.steps.pop() as Step;
      (this.byThread[step.thread] as number[]).pop();
      if (step.spawned >= 0) this.spawners[step.spawned] = undefined;
      for (const object of step.objects) {
        const log = this.logs[object] as Log;
        log.depths.pop();
        log.modes.pop();
        log.groupStarts.pop();
      }
    }
  }

  /** Whether the step of this depth happens after none of some others, and is none of them. */
  survivesWithout(depth: number, removed: readonly Step[]): boolean {
    const { clock } = this.steps[depth] as Step;
    for (let i = 0; i < removed.length; i++) {
      if (happensBefore(removed[i] as Step, clock)) return false;
    }
    return true;
  }

  /** The depths of the accesses of an object that mutually commute with the one of this depth, itself included. */
  groupOf(object: number, depth: number): number[] {
    const log = this.logs[object];
    if (log === undefined) return [];
    const at = lastBelow(log.depths, depth + 1);
    if (log.depths[at] !== depth) return [];
    const start = log.groupStarts[at] as number;
    let end = at + 1;
    while (log.groupStarts[end] === start) end++;
    return log.depths.slice(start, end);
  }

  private newLog(object: number): Log {
    while (this.logs.length < object) this.logs.push(undefined);
    const log: Log = { depths: [], modes: [], groupStarts: [] };
    this.logs[object] = log;
    return log;
  }
}
