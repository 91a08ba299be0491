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
      return value.name === '' ? '[function]' : `${value.name}()`;
    default:
      return value === null ? null : shownObject(value as object);
  }
}

function shownObject(value: object): Shown {
  if (value instanceof SimObject) return value.name;
  const named = nameOf(value);
  if (typeof named === 'string') return named;
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
  const short = text.replace(quotedKey, '$1$2:').replace(method, '$1()');
  return short.length > longest ? `${short.slice(0, longest - 3)}...` : short;
}

/** A key that needs no quotes, after what begins or separates. */
const quotedKey = /([{,])"([A-Za-z_]\w*)":/g;

/** A function by the name of its key. */
const method = /\b([A-Za-z_]\w*):"\1\(\)"/g;

/** Objects go by their names, or by that of the block that they are about; functions by theirs. */
function nameOf(inner: unknown): unknown {
  if (typeof inner === 'function') return shown(inner);
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
  const { name, block } = inner as { name?: unknown; block?: unknown };
  if (typeof name === 'string') return name;
  return block instanceof SimObject ? block.name : inner;
}

/** Made once: it never leaves this file. */
const tooLarge = new Error('too large to show');
