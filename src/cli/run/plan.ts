import { type ExploreOptions, isExhaustive, resolveOptions } from '../../explore/options.js';
import type { Shard } from '../args/values.js';
import type { Selected } from '../catalogue/selected.js';
import { combine, type GivenOptions } from '../explore-one.js';
import type { Simplify } from '../minimize-one.js';
import { Problem } from '../problem.js';
import type { Range, ShardPlan } from '../shard/document.js';
import { givenOptions, type RunValues } from './options.js';

/** A scenario with the options under which it will be explored. */
export interface Planned {
  readonly selected: Selected;
  readonly options: GivenOptions;
  /** A limit of time that is known only when the search begins. */
  readonly timeLimitMs?: () => number;
  readonly simplify: Simplify;
  /** As in `search` (default false). */
  readonly brief?: boolean;
}

/** Which scenarios this process explores, and how. */
export function planRun(some: readonly Selected[], values: RunValues): Planned[] {
  const planned = planAll(some, values);
  const { shard } = values;
  if (values.checkpoint !== undefined) checkResumable(planned);
  if (shard === undefined) return planned;
  const range = rangeOf(planned, shard);
  if (range !== null) return withExecutions(planned[0] as Planned, range);
  return planned.filter((_, i) => i % shard.count === shard.index - 1);
}

/** Which part of the whole run that is; undefined when it is the whole. */
export function planShard(some: readonly Selected[], values: RunValues): ShardPlan | undefined {
  const { shard } = values;
  if (shard === undefined) return undefined;
  const executions = rangeOf(planAll(some, values), shard);
  return { ...shard, scenarios: some.map(({ scenario }) => scenario.name), executions };
}

function planAll(some: readonly Selected[], values: RunValues): Planned[] {
  const simplify = values['no-minimize'] === true ? 'none' : 'all';
  return some.map((selected) => ({ selected, options: plan(selected, values), simplify }));
}

function plan(selected: Selected, values: RunValues): GivenOptions {
  const options = combine(selected, givenOptions(values));
  const { strategy } = resolveOptions(selected.scenario, options);
  // The seed of an exhaustive search decides nothing that a reader sees: a fixed one keeps reports the same.
  if (isExhaustive[strategy]) return { seed: 0, ...options };
  const once = values.seed !== undefined && values.executions === undefined;
  return once ? { ...options, maxExecutions: 1 } : options;
}

/** A shard's executions of the only scenario under a randomised strategy; null when scenarios are divided. */
function rangeOf(planned: readonly Planned[], { index, count }: Shard): Range | null {
  const [only] = planned;
  if (planned.length !== 1 || only === undefined) return null;
  const settings = resolveOptions(only.selected.scenario, only.options);
  const { strategy, maxExecutions: all, stopAfter } = settings;
  if (isExhaustive[strategy]) return null;
  if (all === Infinity) {
    throw new Problem('bad-value', '--shard divides a number of executions, not "all"');
  }
  const first = Math.floor((all * (index - 1)) / count);
  return {
    first,
    count: Math.floor((all * index) / count) - first,
    all,
    stopAfter: stopAfter === Infinity ? null : stopAfter,
  };
}

function withExecutions(only: Planned, { first, count }: Range): Planned[] {
  if (count === 0) return [];
  const part: ExploreOptions = { maxExecutions: count, firstExecution: first };
  return [{ ...only, options: { ...only.options, ...part } }];
}

/** A checkpoint is of one search that goes through all executions; the others begin anywhere. */
function checkResumable(planned: readonly Planned[]): void {
  const [only] = planned;
  if (only === undefined || planned.length > 1) {
    throw new Problem(
      'bad-arguments',
      `--checkpoint is for one scenario, and ${planned.length} are selected`,
      'name one, with a checkpoint of its own for each',
    );
  }
  const { strategy } = resolveOptions(only.selected.scenario, only.options);
  if (isExhaustive[strategy]) return;
  throw new Problem(
    'bad-value',
    `--checkpoint is for dpor and dfs, and the strategy is ${strategy}`,
    'a randomised search goes on under another --seed, or in parts with --shard',
  );
}
