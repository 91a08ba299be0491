import { Footprint, type Mode } from '../../engine/footprint.js';
import { addFootprint, needsOf, type OperationKind } from '../../engine/operation.js';
import type { ExecutionView, Scheduler } from '../../engine/scheduler.js';
import type { Session } from '../../engine/session.js';
import type { SimThread } from '../../engine/thread.js';
import { weightedBacktracking } from '../coverage.js';
import type { SavedStrategy } from '../saved.js';
import { PrefixDiffers, type Strategy } from '../strategy.js';
import { Path, restoreAccess, restoreTrees, saveAccess, saveTrees } from './checkpoint.js';
import { isEnabled, type Node, nobody, stepsInARow, waitingIn } from './node.js';
import { Order } from './order.js';
import { Probe, type Tried } from './probe.js';
import { type Later, Races } from './races.js';
import { type Access, independent, type OrderedAccess, type Step, stepOf } from './step.js';
import { insert, isWeakInitial, type WakeupNode } from './wakeup.js';
import { Conditions } from './watch.js';

/** No thread is chosen for a greater part of the steps in a row than one of so many, as long as there is another. */
const shareInARow = 8;

/**
 * Optimal dynamic partial-order reduction with wakeup trees: explores exactly one execution of each Mazurkiewicz trace (Abdulla, Aronis,
 * Jonsson and Sagonas, POPL 2014 and J. ACM 2017).
 *
 * Beyond the papers: operations that block are reversed with the access before which they could have gone on (see `Races`), each way
 * of a step with several ways counts as a step of its own that disables the others, and what a step would touch in a reversed order is
 * predicted or tried out, so that the wakeup tree is exact where footprints depend on the state.
 *
 * Every race of every execution is reversed, those of the repeated prefix too: the sequence that reverses a race is cut from the whole
 * execution, so that it never ends blocked by sleeping threads, and a new end of the execution gives another sequence.
 */
export class OptimalDpor implements Strategy {
  readonly exhaustive: boolean = true;
  readonly watch: Conditions;
  /** The greatest number of wakeup nodes at any time: what the search needs memory for besides one execution. */
  peakWakeupNodes = 0;
  private wakeupNodes = 0;
  private readonly session: Session;
  private readonly execute: (scheduler: Scheduler) => void;
  private order = new Order();
  private races: Races;
  private nodes: Node[] = [];
  /** The wakeup subtree whose root is the step at the depth of `chosenAt`. */
  private chosen: WakeupNode | undefined = undefined;
  /** The first steps, which are the same as in the execution before. */
  private repeated = 0;
  private ways = 1;
  private afresh = false;
  private readonly footprint = new Footprint();

  /** @param execute - runs the scenario once under a scheduler, for trying out */
  constructor(session: Session, execute: (scheduler: Scheduler) => void) {
    this.session = session;
    this.execute = execute;
    this.watch = new Conditions(session);
    this.races = this.newRaces();
  }

  begin(index: number): boolean {
    if (index === 0) return true;
    if (this.watch.grown) {
      this.startAfresh();
      return true;
    }
    const { nodes, order } = this;
    for (let depth = order.steps.length - 1; depth >= 0; depth--) {
      const node = nodes[depth] as Node;
      node.sleep.push(order.steps[depth] as Step);
      order.truncate(depth);
      nodes.length = depth + 1;
      const next = node.children.shift();
      if (next === undefined) continue;
      this.wakeupNodes--;
      this.chosen = next;
      this.repeated = depth;
      return true;
    }
    return false;
  }

  beganAfresh(): boolean {
    const { afresh } = this;
    this.afresh = false;
    return afresh;
  }

  /** The ways on from a place are the steps that were explored there and those that are planned; more may be found later. */
  estimate(): number {
    const { nodes, order } = this;
    return weightedBacktracking(
      nodes.map(({ sleep, children }, depth) => {
        // Steps that slept when the search got here were explored elsewhere.
        const step = order.steps[depth - 1];
        const before = step === undefined ? [] : (nodes[depth - 1] as Node).sleep;
        const slept = before.filter((other) => independent(other, step as Step)).length;
        const done = sleep.length - slept;
        return { done, all: done + 1 + children.length };
      }),
    );
  }

  save(): SavedStrategy {
    const { nodes, chosen, afresh, order } = this;
    return {
      search: 'optimal',
      path: order.steps.map(({ index, branch }) => [index, branch]),
      nodes: nodes.map(({ children, sleep, races }) => ({
        children: saveTrees(children),
        sleep: sleep.map(saveAccess),
        races: [...races],
      })),
      chosen: chosen === undefined ? [] : saveTrees([chosen]),
      afresh,
      conditions: this.watch.save(),
    };
  }

  restore(saved: SavedStrategy): void {
    if (saved.search !== 'optimal') return;
    this.watch.restore(saved.conditions);
    this.execute(new Path(saved.path, this));
    this.repeated = saved.path.length;
    let inARow = 0;
    this.nodes = saved.nodes.map(({ children, sleep, races }, depth) => {
      inARow = stepsInARow(this.order, depth, inARow);
      return {
        children: restoreTrees(children),
        sleep: sleep.map(restoreAccess),
        races: [...races],
        waiting: nobody,
        inARow,
      };
    });
    this.chosen = restoreTrees(saved.chosen)[0];
    this.afresh = saved.afresh;
  }

  /** A step of the path that is taken again to go on after it. */
  offered(view: ExecutionView, ways: number): void {
    this.ways = ways;
    view.collect(this.footprint);
  }

  restart(): void {
    this.startAfresh();
  }

  pick(view: ExecutionView): SimThread | undefined {
    const depth = view.steps;
    this.ways = 1;
    if (depth < this.repeated) {
      view.collect(undefined);
      return this.repeat(view, depth);
    }
    view.collect(this.footprint);
    if (depth >= this.nodes.length) this.enter(view, depth);
    return this.chosen === undefined ? this.choose(view, depth) : this.follow(view, this.chosen);
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    const depth = view.steps;
    this.ways = count;
    if (depth < this.repeated) return (this.order.steps[depth] as Step).branch;
    if (this.chosen !== undefined) return Math.min(this.chosen.branch, count - 1);
    const awake = this.awakeWay(depth, thread, count);
    return awake ?? 0;
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    const { footprint, order, ways } = this;
    if (view.steps <= this.repeated) {
      const { count } = order.steps[view.steps - 1] as Step;
      if (ways === count) return;
      throw new PrefixDiffers(`step ${view.steps} can go in ${ways} ways, and in ${count} before`);
    }
    const { lastStep } = view;
    this.watch.extend(footprint, thread.id, lastStep.kind);
    const clock = order.clockAtEnd(thread.id, footprint);
    const sequence = clock[thread.id] as number;
    order.append(stepOf(thread, lastStep, footprint, { branch, count: ways, sequence, clock }));
  }

  ended(view: ExecutionView): void {
    if (this.watch.grown) return;
    const { order, races, nodes, repeated } = this;
    const earliest = this.earliestClock();
    for (let depth = 0; depth < order.steps.length; depth++) {
      const step = order.steps[depth] as Step;
      const node = nodes[depth] as Node;
      const fresh = depth >= repeated;
      if (fresh || node.races.length > 0) {
        const later = { step, depth, predecessor: order.predecessor(depth) };
        if (fresh) node.races = races.of(later);
        for (const at of node.races) {
          if (fresh || this.changed(at, earliest)) this.reverse(at, later);
        }
      }
      if (step.count > 1 && (fresh || this.changed(depth, earliest))) {
        for (let way = 0; way < step.count; way++) {
          if (way !== step.branch) this.plan(depth, races.otherWay(depth, way));
        }
      }
    }
    for (const thread of view.threads) {
      const later = this.pending(view, thread);
      if (later === undefined) continue;
      for (const at of races.of(later)) this.reverse(at, later);
    }
  }

  /** The pointwise minimum of the clocks of all steps that are not repeated. */
  private earliestClock(): number[] {
    const { steps } = this.order;
    const earliest: number[] = [];
    for (let depth = this.repeated; depth < steps.length; depth++) {
      const { clock } = steps[depth] as Step;
      if (depth === this.repeated) earliest.push(...clock);
      else {
        if (earliest.length > clock.length) earliest.length = clock.length;
        for (let i = 0; i < earliest.length; i++) {
          if ((clock[i] as number) < (earliest[i] as number)) earliest[i] = clock[i] as number;
        }
      }
    }
    return earliest;
  }

  /** Whether the new end of the execution has a step that does not happen after the one at this depth. */
  private changed(depth: number, earliest: readonly number[]): boolean {
    const { thread, sequence } = this.order.steps[depth] as Step;
    return (earliest[thread] ?? 0) < sequence;
  }

  private reverse(depth: number, later: Later): void {
    const sequence = this.races.reversed(depth, later);
    if (sequence !== undefined) this.plan(depth, sequence);
  }

  // ---- going forward -----------------------------------------------------------------------------------------------------

  private repeat(view: ExecutionView, depth: number): SimThread {
    const step = this.order.steps[depth] as Step;
    const thread = view.threads[step.index];
    const op = thread?.pending;
    if (op === undefined || op.kind !== step.kind || op.object.id !== step.object) {
      throw new PrefixDiffers(
        `step ${depth + 1} offers other operations than before after the same choices`,
      );
    }
    return thread as SimThread;
  }

  /** Makes what is known at a depth that the execution reaches for the first time. */
  private enter(view: ExecutionView, depth: number): void {
    const waiting = waitingIn(view, this.order);
    const before = this.nodes[depth - 1];
    if (before === undefined) {
      this.nodes.push({ children: [], sleep: [], races: [], waiting, inARow: 0 });
      this.chosen = undefined;
      return;
    }
    const step = this.order.steps[depth - 1] as Step;
    const sleep: Access[] = [];
    for (const other of before.sleep) if (independent(other, step)) sleep.push(other);
    const children = this.chosen?.children ?? [];
    this.chosen = children.shift();
    if (this.chosen !== undefined) this.wakeupNodes--;
    const inARow = stepsInARow(this.order, depth, before.inARow);
    this.nodes.push({ children, sleep, races: [], waiting, inARow });
  }

  private follow(view: ExecutionView, chosen: WakeupNode): SimThread {
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.id === chosen.thread) return thread;
    }
    throw new PrefixDiffers(`step ${view.steps + 1} could not be taken in an equivalent order`);
  }

  /**
   * Any thread that is awake, the running one first: counter-examples with few context switches read best. One that may be in an endless
   * loop gives way, so that what others do is seen before the limit of steps.
   */
  private choose(view: ExecutionView, depth: number): SimThread | undefined {
    const { last } = view;
    const endless = (this.nodes[depth] as Node).inARow * shareInARow >= view.maxSteps;
    let best: SimThread | undefined;
    let least = Infinity;
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      const rank = endless ? this.order.countOf(thread.id) : 1;
      const preferred = thread !== last ? rank : endless ? Infinity : 0;
      if ((best !== undefined && preferred >= least) || !this.isAwake(depth, thread)) continue;
      best = thread;
      least = preferred;
    }
    return best;
  }

  private isAwake(depth: number, thread: SimThread): boolean {
    const { sleep } = this.nodes[depth] as Node;
    if (!sleep.some((step) => step.thread === thread.id)) return true;
    const op = thread.pending;
    const count = op?.kind.branches?.(op, thread) ?? 1;
    return this.awakeWay(depth, thread, count) !== undefined;
  }

  private awakeWay(depth: number, thread: SimThread, count: number): number | undefined {
    const { sleep } = this.nodes[depth] as Node;
    for (let way = 0; way < Math.max(count, 1); way++) {
      if (!sleep.some((step) => step.thread === thread.id && step.branch === way)) return way;
    }
    return undefined;
  }

  // ---- going back --------------------------------------------------------------------------------------------------------

  /** Plans to explore a sequence at a depth, unless something equivalent was explored or is planned. */
  private plan(depth: number, sequence: OrderedAccess[]): void {
    const node = this.nodes[depth] as Node;
    if (isWeakInitial(this.order.steps[depth] as Step, sequence)) return;
    for (const asleep of node.sleep) if (isWeakInitial(asleep, sequence)) return;
    this.wakeupNodes += insert(node.children, sequence);
    if (this.wakeupNodes > this.peakWakeupNodes) this.peakWakeupNodes = this.wakeupNodes;
  }

  /** What a thread waits to do that is blocked at the end of the execution, or would do next if the limit of steps were higher. */
  private pending(view: ExecutionView, thread: SimThread): Later | undefined {
    const op = thread.pending;
    if (op === undefined || (isEnabled(view, thread) && view.steps < view.maxSteps))
      return undefined;
    const { footprint, order } = this;
    footprint.clear();
    addFootprint(op, thread, footprint);
    footprint.needs = needsOf(op, thread);
    this.watch.extend(footprint, thread.id, op.kind);
    const sequence = order.countOf(thread.id) + 1;
    const step = stepOf(thread, op, footprint, { branch: 0, count: 1, sequence, clock: [] });
    return { step, depth: order.steps.length, predecessor: order.lastOf(thread.id) };
  }

  private tryOut(sequence: readonly Tried[]): Access | undefined {
    const probe = new Probe(sequence, this.watch);
    this.execute(probe);
    return probe.outcome;
  }

  /** A predicted access with the conditions that it affects. */
  private extended(access: Access, kind: OperationKind): Access {
    const footprint = new Footprint();
    access.objects.forEach((object, i) => {
      footprint.add(object, access.modes[i] as Mode);
    });
    this.watch.extend(footprint, access.thread, kind);
    return { ...access, objects: footprint.objects, modes: footprint.modes };
  }

  private newRaces(): Races {
    return new Races(
      this.order,
      (sequence) => this.tryOut(sequence),
      (access, kind) => this.extended(access, kind),
      (depth) => (this.nodes[depth] as Node).waiting,
    );
  }

  private startAfresh(): void {
    this.order = new Order();
    this.races = this.newRaces();
    this.nodes = [];
    this.chosen = undefined;
    this.repeated = 0;
    this.afresh = true;
    this.watch.grown = false;
  }
}
