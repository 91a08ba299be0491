import { checkOptions, UsageError } from '../engine/errors.js';
import type { Scenario } from '../sim/scenario.js';
import { freshSeed } from './environment.js';

/** The ways to search. @public */
export const strategyNames = ['dpor', 'dfs', 'random', 'pct', 'pos', 'portfolio'] as const;

/** One of the strategies. @public */
export type StrategyName = (typeof strategyNames)[number];

/** Told to `onProgress`. @public */
export interface Progress {
  /** Executions so far. */
  readonly executions: number;
  /** How many of them have a violation. */
  readonly failing: number;
  /** Steps taken in all of them. */
  readonly steps: number;
  /** Wall-clock milliseconds since the search began. */
  readonly elapsedMs: number;
}

/** How to explore. @public */
export interface ExploreOptions {
  /**
   * `dpor`: one execution of each Mazurkiewicz trace (default). `dfs`: every interleaving. `random`: each thread that can run is equally
   * likely at each step. `pct`: random priorities of threads and a few changes of them, for bugs that need few (see `depth`). `pos`:
   * random priorities of steps, for bugs that need steps to wait long. `portfolio`: `random`, `pct` of depths 2 to 4 and `pos` in turn.
   */
  readonly strategy?: StrategyName;
  /** The same seed gives the same executions, byte for byte (default: fresh, echoed in the report). */
  readonly seed?: string | number;
  /** Executions after which the search ends (default 100 000). */
  readonly maxExecutions?: number;
  /** Steps after which an execution is a livelock (default: the scenario's). */
  readonly maxSteps?: number;
  /** Milliseconds after which the search ends, when the execution under way is over (default: none). */
  readonly timeLimitMs?: number;
  /**
   * `dfs`: only schedules with at most so many preemptions. `dpor`: only traces that have a linearisation with at most so many.
   */
  readonly preemptions?: number;
  /** `dfs`: only schedules with at most so many delays. */
  readonly delays?: number;
  /**
   * `pct`: how many ordering constraints the bug needs (default 3): 1 where one step comes too early, 2 where one thread gets between two
   * steps of another, as in most deadlocks. Priorities change once less. With n threads and k steps an execution finds it with a
   * probability of at least 1 / (n k^(depth-1)).
   */
  readonly depth?: number;
  /** Failing executions after which the search ends (default 1); `Infinity` explores all. */
  readonly stopAfter?: number;
  /** Randomised strategies: number of the first execution, so that machines can share one seed (default 0). */
  readonly firstExecution?: number;
  /** Called a few times a second; when it returns false the search ends, and a warning of the report says that it was stopped. */
  readonly onProgress?: (progress: Progress) => boolean | void;
}

/** Options with every default filled in. @internal */
export interface Settings {
  readonly strategy: StrategyName;
  readonly seed: string | number;
  readonly maxExecutions: number;
  readonly maxSteps: number;
  readonly timeLimitMs: number;
  readonly preemptions: number | undefined;
  readonly delays: number | undefined;
  /** Of strategies that have one; others do not look at it. */
  readonly depth: number;
  readonly stopAfter: number;
  readonly firstExecution: number;
  readonly onProgress: ((progress: Progress) => boolean | void) | undefined;
}

/** Whether a strategy goes through all executions; the others draw each from the seed and its number. @internal */
export const isExhaustive: Record<StrategyName, boolean> = {
  dpor: true,
  dfs: true,
  random: false,
  pct: false,
  pos: false,
  portfolio: false,
};

/** Which bounds a strategy has, and whether it has a depth. @internal */
export const boundsOf: Record<StrategyName, readonly ('preemptions' | 'delays' | 'depth')[]> = {
  dpor: ['preemptions'],
  dfs: ['preemptions', 'delays'],
  random: [],
  pct: ['depth'],
  pos: [],
  portfolio: [],
};

const known: ReadonlySet<string> = new Set([
  'strategy',
  'seed',
  'maxExecutions',
  'maxSteps',
  'timeLimitMs',
  'preemptions',
  'delays',
  'depth',
  'stopAfter',
  'firstExecution',
  'onProgress',
]);

function wholeNumber(name: string, value: number, least: number, orInfinity: boolean): number {
  const fits = (Number.isInteger(value) && value >= least) || (orInfinity && value === Infinity);
  if (fits) return value;
  const infinity = orInfinity ? ' or Infinity' : '';
  throw new UsageError(`${name} must be a whole number from ${least}${infinity}, not ${value}`);
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws UsageError in one sentence that says what was expected.
 * @internal
 */
export function resolveOptions(scenario: Scenario, options: ExploreOptions): Settings {
  checkOptions('explore', options);
  for (const name of Object.keys(options)) {
    if (!known.has(name)) {
      throw new UsageError(
        `there is no option "${name}"; the options are ${[...known].join(', ')}`,
      );
    }
  }
  const strategy = options.strategy ?? 'dpor';
  if (!strategyNames.includes(strategy)) {
    throw new UsageError(
      `there is no strategy "${strategy}"; the strategies are ${strategyNames.join(', ')}`,
    );
  }
  const seed = options.seed ?? freshSeed();
  if (typeof seed !== 'string' && !(typeof seed === 'number' && Number.isFinite(seed))) {
    throw new UsageError(`the seed must be a string or a finite number, not ${String(seed)}`);
  }
  for (const bound of ['preemptions', 'delays', 'depth'] as const) {
    const value = options[bound];
    if (value === undefined) continue;
    if (!boundsOf[strategy].includes(bound)) {
      const others = strategyNames.filter((name) => boundsOf[name].includes(bound));
      throw new UsageError(
        `strategy "${strategy}" has no ${bound === 'depth' ? '' : 'bound on '}${bound}; ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'}`,
      );
    }
    wholeNumber(bound, value, bound === 'depth' ? 1 : 0, false);
  }
  if (options.firstExecution !== undefined && isExhaustive[strategy]) {
    throw new UsageError(`strategy "${strategy}" has no firstExecution; randomised ones have`);
  }
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new UsageError(`onProgress must be a function, not ${String(onProgress)}`);
  }
  const { timeLimitMs = Infinity } = options;
  if (typeof timeLimitMs !== 'number' || !(timeLimitMs > 0)) {
    throw new UsageError(`timeLimitMs must be a positive number, not ${String(timeLimitMs)}`);
  }
  return {
    strategy,
    seed,
    maxExecutions: wholeNumber('maxExecutions', options.maxExecutions ?? 100_000, 1, true),
    maxSteps: wholeNumber('maxSteps', options.maxSteps ?? scenario.maxSteps, 1, false),
    timeLimitMs,
    preemptions: options.preemptions,
    delays: options.delays,
    depth: options.depth ?? 3,
    stopAfter: wholeNumber('stopAfter', options.stopAfter ?? 1, 1, true),
    firstExecution: wholeNumber('firstExecution', options.firstExecution ?? 0, 0, false),
    onProgress: options.onProgress,
  };
}
