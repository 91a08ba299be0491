import { parseArgs } from 'node:util';
import { type Profile, profiles } from '../generate.js';

/** What to compare. */
export interface Command {
  readonly seed: number;
  /** Number of the first program of each profile. */
  readonly first: number;
  /** Programs of each profile. */
  readonly runs: number;
  readonly profiles: readonly Profile[];
  readonly strategies: readonly StrategyName[];
  /** Below 1 for smaller programs than usual. */
  readonly scale: number | undefined;
}

export type StrategyName = 'dpor' | 'dfs';

const strategies: readonly StrategyName[] = ['dpor', 'dfs'];

export const usage = `npm run compare -- --seed S --runs N [--profile P] [--strategy dpor|dfs] [--first I] [--scale F]

Compares the searches with brute force on N fresh programs of each profile, and prints the smallest program on which they
disagree. The same seed gives the same programs. Exit code 1 when they disagree somewhere.

  --seed      number of the sequence of programs (default 1)
  --runs      programs of each profile (default 100)
  --first     number of the first one in its sequence (default 0)
  --profile   one of ${profiles.join(', ')}
  --strategy  dpor or dfs (default: both)
  --scale     size of the programs (default 1 for dpor, 0.5 for dfs)
`;

/** @throws Error that says what was expected */
export function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '100' },
      first: { type: 'string', default: '0' },
      profile: { type: 'string' },
      strategy: { type: 'string' },
      scale: { type: 'string' },
    },
  });
  return {
    seed: wholeNumber('seed', values.seed),
    runs: wholeNumber('runs', values.runs),
    first: wholeNumber('first', values.first),
    profiles: chosen('profile', values.profile, profiles),
    strategies: chosen('strategy', values.strategy, strategies),
    scale: values.scale === undefined ? undefined : positive('scale', values.scale),
  };
}

function chosen<T extends string>(
  name: string,
  text: string | undefined,
  all: readonly T[],
): readonly T[] {
  if (text === undefined) return all;
  const one = all.find((each) => each === text);
  if (one === undefined) throw new Error(`--${name} must be one of ${all.join(', ')}, not ${text}`);
  return [one];
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new Error(`--${name} must be a whole number from 0, not ${text}`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} must be a positive number, not ${text}`);
}
