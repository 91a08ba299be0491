import { Footprint, type Mode } from '../../engine/footprint.js';
import type { ExecutionView } from '../../engine/scheduler.js';
import type { SimThread } from '../../engine/thread.js';
import { weightedBacktracking } from '../coverage.js';
import { signatureOf } from '../dfs.js';
import type { SavedStrategy } from '../saved.js';
import { PrefixDiffers, type Strategy } from '../strategy.js';
import { Order } from './order.js';
import { stepOf } from './step.js';

/** A place where the search chose. */
interface Frame {
  /** Indices of threads, or the ways of a step. */
  readonly options: number[];
  /** Whether each option preempts the running thread. */
  readonly preempts: boolean[];
  /** Preemptions before this place. */
  readonly used: number;
  at: number;
  /** What was offered: which operations, or how many ways. */
  readonly signature: number;
  /** Whether it chose a way and not a thread. */
  readonly ofWays: boolean;
}

/** How a place was reached before: the running thread if it can go on, and the preemptions spent. */
interface Arrival {
  readonly running: number;
  readonly used: number;
}

const nobody = -1;

/** A number for each distinct text. */
class Numbers {
  private readonly numbers = new Map<string, number>();

  /** In order of their numbers. */
  get texts(): string[] {
    return [...this.numbers.keys()];
  }

  of(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }
}

/**
 * One execution of each Mazurkiewicz trace that has a linearisation with at most so many preemptions.
 *
 * Races that lead to a trace within the bound may show only in executions outside it, so bounding an optimal search by pruning loses
 * traces (Coons, Musuvathi and McKinley, OOPSLA 2013; Marmanis, Kokologiannakis and Vafeiadis, TACAS 2023 explore with slack instead).
 * This search prunes nothing but repetitions: it goes depth first through the schedules within the bound and stops where the
 * prefix, as a partial order, was reached before with the same thread running and no more preemptions spent. Equivalent prefixes lead
 * to the same state and the same continuations, so what is left out was explored already.
 *
 * A prefix is known exactly, without hashing: an event is numbered by its thread, its way and the events directly before it, which
 * determine its whole past, and a prefix is the last event of each thread. The memory grows with the number of prefixes within the
 * bound.
 */
export class BoundedDpor implements Strategy {
  readonly exhaustive: boolean = true;
  private readonly limit: number;
  private readonly stack: Frame[] = [];
  private readonly order = new Order();
  /** The number of the event at each depth. */
  private readonly events: number[] = [];
  private readonly eventNumbers = new Numbers();
  private readonly arrivals = new Map<string, Arrival[]>();
  private readonly ends = new Set<string>();
  private readonly footprint = new Footprint();
  private depth = 0;
  /** Steps that are the same as in the execution before. */
  private repeated = 0;
  private ways = 1;
  private repetition = false;
  /** What to choose first at each place that is new: the choices of the execution to go on with. */
  private resumed: readonly number[] = [];

  constructor(preemptions: number) {
    this.limit = preemptions;
  }

  begin(index: number): boolean {
    this.depth = 0;
    this.repetition = false;
    this.resumed = [];
    if (index === 0) return true;
    for (;;) {
      const frame = this.stack[this.stack.length - 1];
      if (frame === undefined) return false;
      frame.at++;
      if (frame.at < frame.options.length) break;
      this.stack.pop();
    }
    // The last frame changed: every step before the one that it decides is the same.
    this.repeated = this.steps() - 1;
    this.order.truncate(this.repeated);
    this.events.length = this.repeated;
    return true;
  }

  restart(): void {
    this.order.truncate(this.repeated);
    this.events.length = this.repeated;
    this.depth = 0;
  }

  estimate(): number {
    return weightedBacktracking(
      this.stack.map(({ at, options }) => ({ done: at, all: options.length })),
    );
  }

  save(): SavedStrategy {
    return {
      search: 'bounded',
      choices: this.stack.map(({ at }) => at),
      events: this.eventNumbers.texts,
      arrivals: [...this.arrivals].map(([prefix, all]) => [
        prefix,
        all.map(({ running, used }) => [running, used]),
      ]),
      ends: [...this.ends],
    };
  }

  restore(saved: SavedStrategy): void {
    if (saved.search !== 'bounded') return;
    this.resumed = saved.choices;
    for (const text of saved.events) this.eventNumbers.of(text);
    for (const [prefix, all] of saved.arrivals) {
      const arrivals = all.map(([running, used]) => ({ running, used }));
      this.arrivals.set(prefix, arrivals);
    }
    for (const end of saved.ends) this.ends.add(end);
  }

  isRepetition(): boolean {
    return this.repetition;
  }

  pick(view: ExecutionView): SimThread | undefined {
    this.ways = 1;
    view.collect(view.steps < this.repeated ? undefined : this.footprint);
    const signature = signatureOf(view);
    let frame = this.stack[this.depth];
    if (frame === undefined) {
      frame = this.arrive(view, signature);
      if (frame === undefined) return undefined;
      this.stack.push(frame);
    }
    if (frame.signature !== signature) {
      throw new PrefixDiffers(
        `step ${view.steps + 1} offers other operations than before after the same choices`,
      );
    }
    this.depth++;
    return view.threads[frame.options[frame.at] as number];
  }

  branch(view: ExecutionView, _thread: SimThread, count: number): number {
    this.ways = count;
    let frame = this.stack[this.depth];
    if (frame === undefined) {
      const options = Array.from({ length: count }, (_, way) => way);
      const preempts = options.map(() => false);
      const at = this.resumed[this.depth] ?? 0;
      frame = { options, preempts, used: this.used(), at, signature: count, ofWays: true };
      this.stack.push(frame);
    }
    if (frame.signature !== count) {
      throw new PrefixDiffers(
        `step ${view.steps + 1} can go in ${count} ways, and not so before after the same choices`,
      );
    }
    this.depth++;
    return frame.options[frame.at] as number;
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    if (view.steps <= this.repeated) return;
    const { footprint, order } = this;
    const count = this.ways;
    const sequence = order.countOf(thread.id) + 1;
    const event = this.eventNumbers.of(this.describe(thread.id, branch));
    order.append(stepOf(thread, view.lastStep, footprint, { branch, count, sequence, clock: [] }));
    this.events.push(event);
  }

  ended(view: ExecutionView): void {
    if (view.enabledCount > 0) return;
    const end = this.prefix(view);
    this.repetition = this.ends.has(end);
    this.ends.add(end);
  }

  /** What may be chosen at a place that was not reached like this before; undefined when it was. */
  private arrive(view: ExecutionView, signature: number): Frame | undefined {
    const { last, enabled, enabledCount } = view;
    const used = this.used();
    let running = nobody;
    for (let i = 0; i < enabledCount; i++) if (enabled[i] === last) running = last?.index ?? nobody;
    const at = this.resumed[this.depth];
    if (at === undefined && view.steps > 0 && this.wasReached(this.prefix(view), running, used)) {
      return undefined;
    }
    const frame: Frame = { options: [], preempts: [], used, at: at ?? 0, signature, ofWays: false };
    const from = last?.index ?? 0;
    let first = 0;
    while (first < enabledCount && (enabled[first] as SimThread).index < from) first++;
    for (let i = 0; i < enabledCount; i++) {
      const thread = enabled[(first + i) % enabledCount] as SimThread;
      const preempts = running !== nobody && thread !== last;
      if (preempts && used >= this.limit) continue;
      frame.options.push(thread.index);
      frame.preempts.push(preempts);
    }
    return frame;
  }

  /** Whether all that can follow was explored from an earlier arrival; notes this one if not. */
  private wasReached(prefix: string, running: number, used: number): boolean {
    const known = this.arrivals.get(prefix);
    if (known === undefined) {
      this.arrivals.set(prefix, [{ running, used }]);
      return false;
    }
    const covers = (arrival: Arrival): boolean => {
      if (arrival.running === running || arrival.running === nobody) return arrival.used <= used;
      // Switching to the running thread there costs one preemption more than going on with it here.
      return arrival.used + 1 <= used;
    };
    if (known.some(covers)) return true;
    known.push({ running, used });
    return false;
  }

  /** Preemptions spent up to here. */
  private used(): number {
    const frame = this.stack[this.depth - 1];
    if (frame === undefined) return 0;
    return frame.used + (frame.preempts[frame.at] === true ? 1 : 0);
  }

  /** Number of steps that the stack decides. */
  private steps(): number {
    let count = 0;
    for (const frame of this.stack) if (!frame.ofWays) count++;
    return count;
  }

  /**
   * The prefix so far as a partial order, the last event of each thread by identity, with the invariants that failed on the way: equivalent
   * prefixes pass through different states, and an execution that fails on the way is not the same as one that does not.
   */
  private prefix(view: ExecutionView): string {
    let text = '';
    for (const { kind, property } of view.findings) {
      if (kind === 'invariant') text += `${JSON.stringify(property)};`;
    }
    for (let thread = 0; thread < this.order.threadCount; thread++) {
      const depth = this.order.lastDepth(thread);
      if (depth !== undefined) text += `${thread}:${String(this.events[depth])};`;
    }
    return text;
  }

  /** The step under way by its past: thread, way, and the events directly before it. */
  private describe(thread: number, branch: number): string {
    const { footprint, order } = this;
    const before = new Set<number>();
    for (let i = 0; i < footprint.objects.length; i++) {
      const log = order.log(footprint.objects[i] as number);
      if (log === undefined) continue;
      const { start, end } = order.conflicting(log, footprint.modes[i] as Mode, Infinity);
      for (let k = start; k <= end; k++) before.add(this.events[log.depths[k] as number] as number);
    }
    if (footprint.joined >= 0) {
      const depth = order.lastDepth(footprint.joined);
      if (depth !== undefined) before.add(this.events[depth] as number);
    }
    const own = order.lastDepth(thread);
    const past = [...before].sort((a, b) => a - b).join(',');
    return `${thread}/${branch}/${own === undefined ? '' : String(this.events[own])}/${past}`;
  }
}
