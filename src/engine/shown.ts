import { SimObject } from './object.js';
import type { Shown } from './operation.js';

const longest = 40;
const mostParts = 32;

/** A value as a report shows it: short, plain and the same on every machine. @internal */
export function shown(value: unknown): Shown | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // JSON has no NaN and no infinities.
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return value.name === '' ? '[function]' : `[function ${value.name}]`;
    default:
      return value === null ? null : shownObject(value as object);
  }
}

function shownObject(value: object): Shown {
  if (value instanceof SimObject) return value.name;
  const named = (value as { name?: unknown }).name;
  if (typeof named === 'string' && !Array.isArray(value)) return named;
  let text: string | undefined;
  let left = mostParts;
  try {
    text = JSON.stringify(value, (_key, inner: unknown) => {
      // Only the beginning is shown, and values may lead to all there is.
      if (left-- === 0) throw tooLarge;
      return inner === value ? inner : nameOf(inner);
    });
  } catch {
    // Cyclic or large: the shape is not worth more than its kind.
  }
  if (text === undefined) return Array.isArray(value) ? '[...]' : '{...}';
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** Objects inside others go by their names. */
function nameOf(inner: unknown): unknown {
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
  const { name } = inner as { name?: unknown };
  return typeof name === 'string' ? name : inner;
}

/** Made once: it never leaves this file. */
const tooLarge = new Error('too large to show');
