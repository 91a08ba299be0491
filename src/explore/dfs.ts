import { type ExecutionView } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import { weightedBacktracking } from './coverage.js';
import type { SavedStrategy } from './saved.js';
import { PrefixDiffers, type Strategy } from './strategy.js';

/** Limits on the schedules that are explored; undefined means none. */
export interface DfsBounds {
  readonly preemptions: number | undefined;
  readonly delays: number | undefined;
}

/** A place where the search chose, and what it may still choose. */
interface Frame {
  /** Thread indices, or the ways of a step; those over a bound are left out. */
  readonly options: number[];
  /** What each option costs. */
  readonly preemptions: number[];
  readonly delays: number[];
  /** What was spent before. */
  preemptionsBefore: number;
  delaysBefore: number;
  at: number;
  /** What the execution offered here, to notice when it offers something else next time. */
  signature: number;
}

/**
 * Every interleaving, depth first, optionally only those within a bound on preemptions (Musuvathi and Qadeer, PLDI 2007) or on
 * delays (Emmi, Qadeer and Rakamaric, POPL 2011).
 */
export class DepthFirst implements Strategy {
  readonly exhaustive: boolean = true;
  private readonly stack: Frame[] = [];
  private depth = 0;
  /** What to choose first at each place that is new: the choices of the execution to go on with. */
  private resumed: readonly number[] = [];
  private readonly maxPreemptions: number;
  private readonly maxDelays: number;

  constructor(bounds: DfsBounds) {
    this.maxPreemptions = bounds.preemptions ?? Infinity;
    this.maxDelays = bounds.delays ?? Infinity;
  }

  begin(index: number): boolean {
    this.depth = 0;
    this.resumed = [];
    if (index === 0) return true;
    for (;;) {
      const frame = this.stack[this.stack.length - 1];
      if (frame === undefined) return false;
      frame.at++;
      if (frame.at < frame.options.length) return true;
      this.stack.pop();
    }
  }

  restart(): void {
    this.depth = 0;
  }

  estimate(): number {
    return weightedBacktracking(
      this.stack.map(({ at, options }) => ({ done: at, all: options.length })),
    );
  }

  save(): SavedStrategy {
    return { search: 'dfs', choices: this.stack.map(({ at }) => at) };
  }

  restore(saved: SavedStrategy): void {
    if (saved.search === 'dfs') this.resumed = saved.choices;
  }

  pick(view: ExecutionView): SimThread {
    const signature = signatureOf(view);
    const known = this.stack[this.depth];
    const frame = known ?? this.push(view, signature);
    if (frame.signature !== signature) {
      throw new PrefixDiffers(
        `step ${view.steps + 1} offers other operations than before after the same choices`,
      );
    }
    this.depth++;
    const index = frame.options[frame.at] as number;
    return view.threads[index] as SimThread;
  }

  branch(view: ExecutionView, _thread: SimThread, count: number): number {
    let frame = this.stack[this.depth];
    if (frame === undefined) {
      frame = this.emptyFrame(count);
      this.inherit(frame);
      for (let way = 0; way < count; way++) addOption(frame, way, 0, 0);
      this.stack.push(frame);
    }
    if (frame.signature !== count) {
      throw new PrefixDiffers(
        `step ${view.steps + 1} can go in ${count} ways, and in ${frame.signature} before`,
      );
    }
    this.depth++;
    return frame.options[frame.at] as number;
  }

  private push(view: ExecutionView, signature: number): Frame {
    const frame = this.emptyFrame(signature);
    this.inherit(frame);
    const running = view.last?.index ?? 0;
    const { enabled, enabledCount } = view;
    let first = 0;
    while (first < enabledCount && (enabled[first] as SimThread).index < running) first++;
    const canGoOn = view.last !== undefined && enabled[first] === view.last && first < enabledCount;
    for (let i = 0; i < enabledCount; i++) {
      const thread = enabled[(first + i) % enabledCount] as SimThread;
      const preemptions = canGoOn && thread !== view.last ? 1 : 0;
      if (frame.preemptionsBefore + preemptions > this.maxPreemptions) continue;
      if (frame.delaysBefore + i > this.maxDelays) continue;
      addOption(frame, thread.index, preemptions, i);
    }
    this.stack.push(frame);
    return frame;
  }

  private emptyFrame(signature: number): Frame {
    return {
      options: [],
      preemptions: [],
      delays: [],
      preemptionsBefore: 0,
      delaysBefore: 0,
      at: this.resumed[this.depth] ?? 0,
      signature,
    };
  }

  /** What was spent up to the frame that comes next. */
  private inherit(frame: Frame): void {
    const before = this.stack[this.stack.length - 1];
    if (before === undefined) return;
    frame.preemptionsBefore = before.preemptionsBefore + (before.preemptions[before.at] as number);
    frame.delaysBefore = before.delaysBefore + (before.delays[before.at] as number);
  }
}

function addOption(frame: Frame, option: number, preemptions: number, delays: number): void {
  frame.options.push(option);
  frame.preemptions.push(preemptions);
  frame.delays.push(delays);
}

/** Which threads can run and what each would do next, as a number. */
export function signatureOf(view: ExecutionView): number {
  let signature = view.enabledCount;
  for (let i = 0; i < view.enabledCount; i++) {
    const thread = view.enabled[i] as SimThread;
    const op = thread.pending;
    signature = (Math.imul(signature, 31) + thread.id) | 0;
    if (op !== undefined)
      signature = (Math.imul(signature, 31) + op.kind.id * 977 + op.object.id) | 0;
  }
  return signature;
}
