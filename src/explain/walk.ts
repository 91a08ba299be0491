import type { ExecutionView, Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import type { SimThread } from '../engine/thread.js';
import { RandomWalk } from '../explore/random.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import type { Rarity } from './explanation.js';
import { Budget, type ExplainSettings } from './options.js';
import { failureKey } from './trace.js';

/** The 97.5th percentile of the normal distribution. */
const z = 1.959963984540054;

/**
 * The 95 % confidence interval for a probability, by the score method (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", Journal of the American Statistical Association 22, 1927), which also means something for 0 of n.
 */
export function wilson(successes: number, trials: number): readonly [low: number, high: number] {
  const p = successes / trials;
  const square = (z * z) / trials;
  const centre = (p + square / 2) / (1 + square);
  const half = (z * Math.sqrt((p * (1 - p)) / trials + square / (4 * trials))) / (1 + square);
  const low = successes === 0 ? 0 : Math.max(0, centre - half);
  const high = successes === trials ? 1 : Math.min(1, centre + half);
  return [low, high];
}

/** A random walk that ends where it has failed. */
class Walk implements Scheduler {
  private readonly walk: RandomWalk;
  private readonly failure: string;

  constructor(walk: RandomWalk, failure: string) {
    this.walk = walk;
    this.failure = failure;
  }

  pick(view: ExecutionView): SimThread | undefined {
    if (view.findings.some((finding) => failureKey(finding) === this.failure)) return undefined;
    return this.walk.pick(view);
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    return this.walk.branch(view, thread, count);
  }

  restart(): void {
    this.walk.restart();
  }
}

/** How rare a failure is, from a sample. */
export function sampleRarity(
  scenario: Scenario,
  failure: string,
  settings: ExplainSettings,
): Rarity {
  const walk = new RandomWalk(`rarity/${typeof settings.seed}:${settings.seed}`);
  const scheduler = new Walk(walk, failure);
  const session = new Session();
  const budget = new Budget({ ...settings, maxExecutions: settings.walks });
  const { maxSteps } = settings;
  let failed = 0;
  do {
    walk.begin(budget.executions);
    const execution = run(scenario, scheduler, { session, maxSteps, haltAfter: Infinity });
    budget.spend(execution.steps);
    if (execution.findings.some((finding) => failureKey(finding) === failure)) failed++;
    execution.dispose();
  } while (!budget.spent);
  const { executions } = budget;
  return {
    probability: failed / executions,
    exact: false,
    interval: wilson(failed, executions),
    executions,
  };
}
