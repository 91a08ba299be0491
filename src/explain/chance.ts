import { Footprint } from '../engine/footprint.js';
import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import type { SimThread } from '../engine/thread.js';
import { PrefixDiffers } from '../explore/strategy.js';
import { TraceWatcher } from '../explore/trace.js';
import { Prefix, StepNames } from '../shrink/prefix.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import type { Rarity } from './explanation.js';
import { Budget, type ExplainSettings } from './options.js';
import { failureKey } from './trace.js';

/** A place where a random walk draws. */
interface Frame {
  /** Indices of threads, or the ways of a step. */
  readonly options: readonly number[];
  /** Names the place; undefined where there is nothing to draw. */
  readonly key: string | undefined;
  at: number;
  /** Of the chances behind the options that were gone through. */
  sum: number;
}

/**
 * Goes depth first through all executions and adds up how likely a random walk that gets to a place is to fail from there. Of
 * beginnings that are orders of the same trace, which lead to the same state, only the first is continued.
 */
class Chances implements Scheduler {
  private readonly failure: string;
  private readonly stack: Frame[] = [];
  private depth = 0;
  private readonly names = new StepNames();
  private prefix = new Prefix(this.names);
  private watcher: TraceWatcher | undefined = undefined;
  private readonly known = new Map<string, number>();
  /** What the execution under way adds, where it was cut. */
  private value: number | undefined = undefined;

  constructor(failure: string) {
    this.failure = failure;
  }

  begin(watcher: TraceWatcher): void {
    this.watcher = watcher;
    this.restart();
  }

  restart(): void {
    this.depth = 0;
    this.value = undefined;
    this.prefix = new Prefix(this.names);
  }

  /** @returns the probability, once everything was gone through */
  end(failed: boolean): number | undefined {
    let value = this.value ?? (failed ? 1 : 0);
    for (;;) {
      const frame = this.stack[this.stack.length - 1];
      if (frame === undefined) return value;
      frame.sum += value;
      frame.at++;
      if (frame.at < frame.options.length) return undefined;
      value = frame.sum / frame.options.length;
      if (frame.key !== undefined) this.known.set(frame.key, value);
      this.stack.pop();
    }
  }

  pick(view: ExecutionView): SimThread | undefined {
    const frame = this.stack[this.depth] ?? this.enter(view);
    if (frame === undefined) return undefined;
    this.depth++;
    const index = frame.options[frame.at] as number;
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.index === index) return thread;
    }
    throw new PrefixDiffers(`step ${view.steps + 1} could not be taken again`);
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    let frame = this.stack[this.depth];
    if (frame === undefined) {
      const options = Array.from({ length: count }, (_, way) => way);
      frame = { options, key: undefined, at: 0, sum: 0 };
      this.stack.push(frame);
    }
    this.depth++;
    return frame.options[frame.at] as number;
  }

  private enter(view: ExecutionView): Frame | undefined {
    const { enabled, enabledCount, findings } = view;
    const failures = findings.map(failureKey);
    if (failures.includes(this.failure)) {
      this.value = 1;
      return undefined;
    }
    let key: string | undefined;
    if (enabledCount > 1) {
      this.prefix.extend((this.watcher as TraceWatcher).steps);
      // An invariant that failed is not evaluated again, and where it did depends on the order.
      key = `${this.prefix.key()} ${failures.sort().join()}`;
      this.value = this.known.get(key);
      if (this.value !== undefined) return undefined;
    }
    const options = enabled.slice(0, enabledCount).map(({ index }) => index);
    const frame: Frame = { options, key, at: 0, sum: 0 };
    this.stack.push(frame);
    return frame;
  }
}

/** How rare a failure is, exactly; undefined when the budget does not allow it. */
export function exactRarity(
  scenario: Scenario,
  failure: string,
  settings: ExplainSettings,
): Rarity | undefined {
  const chances = new Chances(failure);
  const session = new Session();
  const budget = new Budget(settings);
  const { maxSteps } = settings;
  while (!budget.spent) {
    const watcher = new TraceWatcher(chances);
    chances.begin(watcher);
    const footprint = new Footprint();
    let probability: number | undefined;
    try {
      const execution = run(scenario, watcher, {
        session,
        maxSteps,
        haltAfter: Infinity,
        footprint,
      });
      budget.spend(execution.steps);
      probability = chances.end(execution.findings.some((each) => failureKey(each) === failure));
      execution.dispose();
    } catch (error) {
      if (error instanceof PrefixDiffers) return undefined;
      throw error;
    }
    if (probability === undefined) continue;
    // Sums of thirds and the like may be off in the last place.
    const within = Math.min(1, Math.max(0, probability));
    const { executions } = budget;
    return { probability: within, exact: true, interval: [within, within], executions };
  }
  return undefined;
}
