import { type StrategyName, strategyNames } from '../../explore/options.js';
import { flag, type OptionsFor, value } from '../args/option.js';
import * as read from '../args/values.js';
import type { GivenOptions } from '../explore-one.js';

/** What was given to `qomcheck run`. */
export interface RunValues {
  readonly strategy?: StrategyName;
  readonly seed?: string | number;
  readonly executions?: number;
  readonly steps?: number;
  readonly time?: number;
  readonly preemptions?: number;
  readonly delays?: number;
  readonly depth?: number;
  readonly 'stop-after'?: number;
  readonly workers?: number;
  readonly shard?: read.Shard;
  readonly checkpoint?: string;
  readonly 'no-minimize'?: true;
  readonly 'no-explain'?: true;
  readonly json?: true;
  readonly timings?: true;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly color?: true;
  readonly 'no-color'?: true;
}

/** The options of `qomcheck run`. */
export const runOptions: OptionsFor<RunValues> = {
  strategy: value('NAME', read.strategy, `How to search: ${strategyNames.join(', ')}`),
  seed: value('SEED', read.seed, 'A number or text; the same seed gives the same executions'),
  executions: value('N', read.numberOrAll, 'Stop each scenario after N executions, or "all"'),
  steps: value('N', read.numberFrom(1), 'Steps after which an execution is a livelock'),
  time: value('TIME', read.duration, 'Stop each scenario after this time: 500ms, 30s, 2m, 1h'),
  preemptions: value('N', read.numberFrom(0), 'Only schedules with at most N preemptions'),
  delays: value('N', read.numberFrom(0), 'Only schedules with at most N delays'),
  depth: value('N', read.numberFrom(1), 'The depth of strategies that have one'),
  'stop-after': value(
    'N',
    read.numberOrAll,
    'Stop after N failing executions, or "all" (1 for your own files, "all" for those of the package)',
  ),
  workers: value('N', read.numberBetween(1, 256), 'Explore with N threads; finds the same (1)'),
  shard: value('I/N', read.shard, 'Only the I-th of N parts of the work'),
  checkpoint: value('FILE', read.path, 'Go on where the search saved in FILE ended; save it there'),
  'no-minimize': flag('Show failures as they were found, not the simplest that lead there'),
  'no-explain': flag('Do not look for the orderings that fail, nor for how rare that is'),
  json: flag('Print one JSON document, the same for the same seed'),
  timings: flag('With --json, include wall-clock times'),
  junit: value('FILE', read.path, 'Write a JUnit XML report'),
  markdown: value('FILE', read.path, 'Write a Markdown report'),
  html: value('FILE', read.path, 'Write an HTML report'),
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** What the options say about the search. */
export function givenOptions(values: RunValues): GivenOptions {
  const options: { -readonly [K in keyof GivenOptions]: GivenOptions[K] } = {};
  if (values.strategy !== undefined) options.strategy = values.strategy;
  if (values.seed !== undefined) options.seed = values.seed;
  if (values.executions !== undefined) options.maxExecutions = values.executions;
  if (values.steps !== undefined) options.maxSteps = values.steps;
  if (values.time !== undefined) options.timeLimitMs = values.time;
  if (values.preemptions !== undefined) options.preemptions = values.preemptions;
  if (values.delays !== undefined) options.delays = values.delays;
  if (values.depth !== undefined) options.depth = values.depth;
  if (values['stop-after'] !== undefined) options.stopAfter = values['stop-after'];
  return options;
}
