import type { Family } from '../../../scenarios/entry.js';
import { nearest } from '../args/nearest.js';
import { flag, type OptionsFor, optional, value } from '../args/option.js';
import * as read from '../args/values.js';
import { Problem } from '../problem.js';
import type { Effort } from './explore.js';

/** What was given to `qomcheck matrix`. */
export interface MatrixValues {
  readonly family?: string;
  readonly executions?: number;
  readonly time?: number;
  readonly exhaustive?: true;
  readonly workers?: number;
  readonly json?: true;
  /** A file, or `-` for the output. */
  readonly markdown?: string;
  readonly color?: true;
  readonly 'no-color'?: true;
}

/** The options of `qomcheck matrix`. */
export const matrixOptions: OptionsFor<MatrixValues> = {
  family: value(
    'NAME',
    (text) => text,
    'Only the table of one family; qomcheck list has the names',
  ),
  executions: value('N', read.numberOrAll, 'Stop each cell after N executions (20000), or "all"'),
  time: value('TIME', read.duration, 'Stop each cell after this time, too: 500ms, 30s, 2m, 1h'),
  exhaustive: flag('Stop no cell before everything within its bounds is explored'),
  workers: value(
    'N',
    read.numberBetween(1, 256),
    'Explore with N threads (one for each processor)',
  ),
  json: flag('Print one JSON document instead, the same each time'),
  markdown: optional('FILE', read.path, '-', 'Write Markdown to FILE, or print it instead'),
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** How much the options ask for. */
export function effortOf({ executions, time, exhaustive, workers }: MatrixValues): Effort {
  if (exhaustive === true && (executions !== undefined || time !== undefined)) {
    const other = executions === undefined ? '--time' : '--executions';
    throw new Problem('bad-value', `--exhaustive has no budget, and ${other} is one`);
  }
  return {
    ...(executions !== undefined && { executions }),
    ...(exhaustive === true && { executions: Infinity }),
    ...(time !== undefined && { timeLimitMs: time }),
    ...(workers !== undefined && { workers }),
  };
}

/**
 * The families that are meant: all of them without a name.
 *
 * @throws Problem when there is none of that name.
 */
export function selectFamilies(
  families: readonly Family[],
  name: string | undefined,
): readonly Family[] {
  if (name === undefined) return families;
  const found = families.filter((family) => family.name === name);
  if (found.length > 0) return found;
  const names = families.map((family) => family.name);
  const meant = nearest(name, names);
  throw new Problem(
    'bad-value',
    `there is no family "${name}"`,
    meant === undefined ? `the families are ${names.join(', ')}` : `did you mean ${meant}?`,
  );
}
