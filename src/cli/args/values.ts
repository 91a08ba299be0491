import { type StrategyName, strategyNames } from '../../explore/options.js';
import { nearest } from './nearest.js';
import { Unreadable } from './option.js';

function wholeNumber(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Reads a whole number from `least`. */
export function numberFrom(least: number): (text: string) => number | Unreadable {
  return (text) => {
    const number = wholeNumber(text);
    return number !== undefined && number >= least
      ? number
      : new Unreadable(`a whole number from ${least}`);
  };
}

/** Reads a whole number from `least` to `most`. */
export function numberBetween(least: number, most: number): (text: string) => number | Unreadable {
  return (text) => {
    const number = wholeNumber(text);
    return number !== undefined && number >= least && number <= most
      ? number
      : new Unreadable(`a whole number from ${least} to ${most}`);
  };
}

/** Reads a whole number from 1, or `all` for no limit; `Infinity`, as in the programming interface, is the same. */
export function numberOrAll(text: string): number | Unreadable {
  if (text === 'all' || text === 'Infinity') return Infinity;
  const number = wholeNumber(text);
  return number !== undefined && number >= 1
    ? number
    : new Unreadable('a whole number from 1, or "all"');
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration, `30s` or `1.5m`, as milliseconds. */
export function duration(text: string): number | Unreadable {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const time = match === null ? 0 : Number(match[1]) * (milliseconds[match[2] ?? ''] ?? 0);
  if (time > 0 && time < Infinity) return time;
  const bare = wholeNumber(text) !== undefined && Number(text) > 0;
  return new Unreadable('a number with a unit (500ms, 30s, 2m, 1h)', bare ? `${text}s` : undefined);
}

/** Reads a seed. A plain decimal number is a number, as in the programming interface; everything else is a text. */
export function seed(text: string): string | number | Unreadable {
  if (text === '') return new Unreadable('a number or a text');
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

/** Reads the name of a strategy. */
export function strategy(text: string): StrategyName | Unreadable {
  const found = strategyNames.find((name) => name === text);
  if (found !== undefined) return found;
  return new Unreadable(`one of ${strategyNames.join(', ')}`, nearest(text, strategyNames));
}

/** One part of several that share the work. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `2/3`. */
export function shard(text: string): Shard | Unreadable {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match !== null && index >= 1 && index <= count) return { index, count };
  return new Unreadable('i/n with i from 1 to n, such as 1/4');
}

/** Reads the path of a file that will be written. */
export function path(text: string): string | Unreadable {
  return text === '' ? new Unreadable('the path of a file') : text;
}
