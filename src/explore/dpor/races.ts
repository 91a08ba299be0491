import { Mode, type Need, notKnown } from '../../engine/footprint.js';
import type { OperationKind } from '../../engine/operation.js';
import { joinClock, type Log, type Order } from './order.js';
import type { Probe, Tried } from './probe.js';
import {
  type Access,
  happensBefore,
  type OrderedAccess,
  type Step,
  touchInConflict,
} from './step.js';

/** A step that was taken, or one that is blocked at the end of the execution and could have been taken elsewhere. */
export interface Later {
  readonly step: Step;
  /** Its depth, or the length of the execution. */
  readonly depth: number;
  /** What comes before it in program order. */
  readonly predecessor: Step | undefined;
}

/** A thread whose next operation waits for a condition that does not hold. */
export interface Waiting {
  readonly thread: number;
  /** The number of the operation within its thread, from 1. */
  readonly sequence: number;
}

/** Executes a sequence to learn what its last step does. */
export type Try = (sequence: readonly Tried[]) => Probe['outcome'];

/**
 * Finds races, and the sequences that reverse them.
 *
 * A race is a pair of steps that conflict, where the later one could have been taken before the earlier one. For an operation that never
 * blocks these are the immediate conflicts. One that blocks cannot be taken before what let it go on (an unlock), so the search goes
 * further back, to where it could have gone on as well (before the lock that the unlock belongs to).
 */
export class Races {
  private readonly order: Order;
  private readonly attempt: Try;
  private readonly extend: (access: Access, kind: OperationKind) => Access;
  private readonly waiting: (depth: number) => readonly Waiting[];

  /**
   * @param attempt - executes a sequence
   * @param extend - adds what stands for the conditions that an access affects
   * @param waiting - who was seen to wait for a condition just before the step at a depth
   */
  constructor(
    order: Order,
    attempt: Try,
    extend: (access: Access, kind: OperationKind) => Access,
    waiting: (depth: number) => readonly Waiting[],
  ) {
    this.order = order;
    this.attempt = attempt;
    this.extend = extend;
    this.waiting = waiting;
  }

  /** Depths of the steps that the later one is in a race with. */
  of(later: Later): number[] {
    return later.step.kind.blocking ? this.ofBlocking(later) : this.immediate(later);
  }

  /**
   * The sequence that reverses a race, to be explored before the earlier step: all that does not happen after that step, then the later
   * one; undefined when the later one is blocked there.
   */
  reversed(depth: number, later: Later): OrderedAccess[] | undefined {
    const alone = [this.order.steps[depth] as Step];
    return this.reversedWithout(alone, depth, later) ?? this.reversedTogether(depth, later);
  }

  /** The sequence that lets a step of several ways go another way: all that does not depend on it, and then it. */
  otherWay(depth: number, branch: number): OrderedAccess[] {
    const { order } = this;
    const step = order.steps[depth] as Step;
    const sequence = this.without([step], depth);
    const predecessor = order.predecessor(depth);
    sequence.push(this.place({ ...step, branch }, step.sequence, predecessor, sequence));
    return sequence;
  }

  /** The sequence that puts the later step before some others, the first of which is at this depth. */
  private reversedWithout(
    removed: readonly Step[],
    depth: number,
    later: Later,
  ): OrderedAccess[] | undefined {
    const { step, predecessor } = later;
    const sequence = this.without(removed, depth);
    const access = this.accessWithout(removed, depth, later, sequence);
    if (access === undefined) return undefined;
    sequence.push(this.place(access, step.sequence, predecessor, sequence));
    return sequence;
  }

  /**
   * Several steps that commute can block another one together, like readers that stay inside a lock and a writer. Then it is reversed with the
   * fewest of them at once; undefined unless the step at this depth is the first of these.
   */
  private reversedTogether(depth: number, later: Later): OrderedAccess[] | undefined {
    const { step, predecessor } = later;
    if (!step.kind.blocking || step.needs === undefined) return undefined;
    for (const { object } of step.needs) {
      const group = this.order.groupOf(object, depth);
      if (group.length < 2) continue;
      const removed = this.stillHolding(object, group);
      if (removed.length < 2 || Math.min(...removed) !== depth) continue;
      if (!removed.every((at) => this.isFree(at, predecessor))) continue;
      const steps = removed.map((at) => this.order.steps[at] as Step);
      const sequence = this.reversedWithout(steps, depth, later);
      if (sequence !== undefined) return sequence;
    }
    return undefined;
  }

  /**
   * The last steps of a group without which each thread gives back to the object's counter what it took: the unlocked readers remain, and of
   * the others what they did before.
   */
  private stillHolding(object: number, group: readonly number[]): number[] {
    const { order } = this;
    const removed: number[] = [];
    for (;;) {
      const without = removed.map((at) => order.steps[at] as Step);
      const held = new Map<number, { count: number; since: number }>();
      for (const at of group) {
        if (!order.survivesWithout(at, without)) continue;
        const step = order.steps[at] as Step;
        const before = held.get(step.thread) ?? { count: 0, since: at };
        const since = before.count === 0 ? at : before.since;
        held.set(step.thread, { count: before.count + changeOf(step, object), since });
      }
      const more = [...held.values()].filter(({ count }) => count !== 0);
      if (more.length === 0) return removed;
      removed.push(...more.map(({ since }) => since));
    }
  }

  private immediate(later: Later): number[] {
    const { order } = this;
    const candidates = this.lastConflicts(later);
    return candidates.filter((depth) => {
      const earlier = order.steps[depth] as Step;
      return candidates.every(
        (other) => other === depth || !happensBefore(earlier, (order.steps[other] as Step).clock),
      );
    });
  }

  /** Depths of the last accesses that conflict with the step, without those that program order puts before it anyway. */
  private lastConflicts(later: Later): number[] {
    const { order } = this;
    const { step, depth, predecessor } = later;
    const found: number[] = [];
    for (let i = 0; i < step.objects.length; i++) {
      const log = order.log(step.objects[i] as number);
      if (log === undefined) continue;
      const { start, end } = order.conflicting(log, step.modes[i] as Mode, depth);
      for (let k = start; k <= end; k++) {
        const at = log.depths[k] as number;
        if (this.isFree(at, predecessor) && !found.includes(at)) found.push(at);
      }
    }
    return found;
  }

  private ofBlocking(later: Later): number[] {
    const { step, depth } = later;
    const found: number[] = [];
    const tried = new Set<number>();
    for (let i = 0; i < step.objects.length; i++) {
      const log = this.order.log(step.objects[i] as number);
      if (log === undefined) continue;
      const { end } = this.order.conflicting(log, step.modes[i] as Mode, depth);
      this.walkBack(log, end, later, tried, found);
    }
    return found;
  }

  /** Goes back over the groups of conflicting accesses up to the first where the step could have been taken earlier. */
  private walkBack(
    log: Log,
    last: number,
    later: Later,
    tried: Set<number>,
    found: number[],
  ): void {
    for (let end = last; end >= 0; ) {
      const start = log.groupStarts[end] as number;
      let possible = false;
      let anyFree = false;
      for (let k = end; k >= start; k--) {
        const at = log.depths[k] as number;
        if (!this.isFree(at, later.predecessor)) continue;
        anyFree = true;
        if (tried.has(at)) continue;
        tried.add(at);
        if (this.reversed(at, later) === undefined) continue;
        possible = true;
        found.push(at);
      }
      if (possible || !anyFree) return;
      end = start - 1;
    }
  }

  /** Whether what follows this predecessor could come before the step at this depth as far as program order goes. */
  private isFree(depth: number, predecessor: Step | undefined): boolean {
    const earlier = this.order.steps[depth] as Step;
    return predecessor === undefined || !happensBefore(earlier, predecessor.clock);
  }

  /** The steps after `depth` that happen after none of those removed. */
  private without(removed: readonly Step[], depth: number): OrderedAccess[] {
    const { steps } = this.order;
    const rest: OrderedAccess[] = [];
    for (let i = depth + 1; i < steps.length; i++) {
      if (this.order.survivesWithout(i, removed)) rest.push(steps[i] as Step);
    }
    return rest;
  }

  /** Works out what happens before a step that is put at the end of a sequence. */
  private place(
    access: Access,
    sequence: number,
    predecessor: Step | undefined,
    before: readonly OrderedAccess[],
  ): OrderedAccess {
    const clock = predecessor === undefined ? [] : predecessor.clock.slice();
    for (const other of before) {
      if (other.thread === access.joined || touchInConflict(other, access)) {
        joinClock(clock, other.clock);
      }
    }
    for (let i = clock.length; i <= access.thread; i++) clock.push(0);
    clock[access.thread] = sequence;
    const { thread, branch, objects, modes, spawned, joined } = access;
    return { thread, branch, objects, modes, spawned, joined, sequence, clock };
  }

  /** What the later step touches where some steps and all that happens after them were not done; undefined when it is blocked there. */
  private accessWithout(
    removed: readonly Step[],
    depth: number,
    later: Later,
    rest: readonly OrderedAccess[],
  ): Access | undefined {
    const { step } = later;
    // Which of its ways it goes there is explored there.
    const access: Access = step.kind.branches === undefined ? step : { ...step, branch: 0 };
    if (step.kind.blocking) {
      if (step.needs === undefined) {
        return this.waits(depth, later, rest) ? undefined : this.tryOut(depth, rest, access);
      }
      if (!this.canGoOn(step.needs, removed, depth, later)) return undefined;
    }
    if (step.kind.fixed) return access;
    const writes = this.wouldWrite(removed, depth, later);
    if (writes === undefined) return this.tryOut(depth, rest, access);
    const mode = writes ? Mode.write : Mode.read;
    return this.extend({ ...access, objects: [step.object], modes: [mode] }, step.kind);
  }

  /** Whether the later step, which needs this, is not blocked there. */
  private canGoOn(
    needs: readonly Need[],
    removed: readonly Step[],
    depth: number,
    later: Later,
  ): boolean {
    const { memory } = later.step;
    // Who waits for a part of dead memory can go on: into the violation. Memory counts its death.
    const death = { object: memory, least: 1, most: Infinity };
    if (memory >= 0 && this.meets(death, removed, depth, later)) return true;
    return needs.every((need) => this.meets(need, removed, depth, later));
  }

  private meets(need: Need, removed: readonly Step[], depth: number, later: Later): boolean {
    const counter = this.counterWithout(need.object, removed, depth, later.depth);
    return counter >= need.least && counter <= need.most;
  }

  /** Whether the later step, if it writes depending on the state, would do so there; undefined when only trying tells. */
  private wouldWrite(removed: readonly Step[], depth: number, later: Later): boolean | undefined {
    const { step } = later;
    const { writesIf } = step;
    if (writesIf === undefined || step.memory >= 0) return undefined;
    if (!('value' in writesIf)) return this.meets(writesIf, removed, depth, later);
    const value = this.valueWithout(step.object, removed, step);
    return value === notKnown ? undefined : value === writesIf.value;
  }

  /** Whether the later step was seen to wait at a depth, and none of the steps that follow there changes what its condition looks at. */
  private waits(depth: number, { step }: Later, rest: readonly OrderedAccess[]): boolean {
    const { thread, sequence } = step;
    const waited = this.waiting(depth).some(
      (each) => each.thread === thread && each.sequence === sequence,
    );
    return waited && !rest.some((other) => touchInConflict(other, step));
  }

  private tryOut(
    depth: number,
    rest: readonly OrderedAccess[],
    access: Access,
  ): Access | undefined {
    return this.attempt([...this.order.steps.slice(0, depth), ...rest, access]);
  }

  /** An object's counter where some steps, all that happens after them and the later step were not done. */
  private counterWithout(
    object: number,
    removed: readonly Step[],
    depth: number,
    later: number,
  ): number {
    const { steps } = this.order;
    let sum = 0;
    for (let i = 0; i < steps.length; i++) {
      if (i >= depth && (i === later || !this.order.survivesWithout(i, removed))) continue;
      sum += changeOf(steps[i] as Step, object);
    }
    return sum;
  }

  /** A variable's value where some steps and all that happens after them were not done. */
  private valueWithout(object: number, removed: readonly Step[], later: Step): unknown {
    const { order } = this;
    const log = order.log(object) as Log;
    for (let k = 0; k < log.depths.length; k++) {
      const at = log.depths[k] as number;
      const step = order.steps[at] as Step;
      // All writes of a variable are ordered: what the first one that is left out replaced is the value.
      if (log.modes[k] !== Mode.write) continue;
      if (step === later || !order.survivesWithout(at, removed)) return step.before;
    }
    return notKnown;
  }
}

/** By how much a step changes the counter of an object. */
function changeOf({ counters, changes }: Step, object: number): number {
  let sum = 0;
  for (let k = 0; k < counters.length; k++) {
    if (counters[k] === object) sum += changes[k] as number;
  }
  return sum;
}
