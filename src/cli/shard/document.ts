import { type FailureCount } from '../../explore/parts.js';
import type { Violation } from '../../replay/violation.js';
import type { Shard } from '../args/values.js';
import { version } from '../package.js';
import type { Explored } from '../run/here.js';
import type { RunValues } from '../run/options.js';

/** A range of the executions of one scenario. */
export interface Range {
  /** The number of the first execution. */
  readonly first: number;
  readonly count: number;
  /** How many there are in all shards. */
  readonly all: number;
  /** Failing executions after which the whole search ends; null stands for no limit. */
  readonly stopAfter: number | null;
}

/** Options that decide what is found, as given; `all` for no limit. */
export type GivenText = Readonly<Record<string, string | number | true>>;

/** What `qomcheck merge` needs to know of a shard, in its JSON report after everything else. */
export interface ShardJson extends Shard {
  /** The version of this package. */
  readonly qomcheck: string;
  readonly options: GivenText;
  /** The scenarios of all shards, in the order of the whole run; shard i of n has each n-th from the i-th on. */
  readonly scenarios: readonly string[];
  /** Where the executions of the only scenario were divided; null where the scenarios were. */
  readonly executions: Range | null;
  /** Of divided executions: the violations of the report, as found and made simpler. */
  readonly violations: readonly { readonly found: Violation; readonly simpler: Violation | null }[];
  /** Of divided executions with a limit on failing ones: the counts after each of these. */
  readonly failures: readonly FailureCount[];
}

/** What is known of a shard before it is explored. */
export type ShardPlan = Shard & Pick<ShardJson, 'scenarios' | 'executions'>;

/** Options that say how and where the work is done and shown; all others decide what is found. */
const undeciding: readonly (keyof RunValues)[] = [
  'shard',
  'workers',
  'checkpoint',
  'json',
  'timings',
  'junit',
  'markdown',
  'html',
  'color',
  'no-color',
];

function given(values: RunValues): GivenText {
  const all = Object.entries(values) as [keyof RunValues, string | number | true][];
  const entries = all
    .filter(([name]) => !undeciding.includes(name))
    .map(([name, value]) => [name, value === Infinity ? 'all' : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Describes a shard that was explored. */
export function shardJson(
  plan: ShardPlan,
  values: RunValues,
  explored: readonly Explored[],
): ShardJson {
  const { index, count, scenarios, executions } = plan;
  const [only] = executions === null ? [] : explored;
  const violations = only?.found.violations.map((found, i) => ({
    found,
    simpler: only.simpler[i] ?? null,
  }));
  return {
    index,
    count,
    qomcheck: version,
    options: given(values),
    scenarios,
    executions,
    violations: violations ?? [],
    failures: only?.failures ?? [],
  };
}
