import type { Event } from '../engine/recorder.js';
import { ascii } from './ascii.js';

/** How the value of an operation is written after its object. */
const forms: Readonly<Record<string, (value: string) => string>> = {
  store: (value) => `:= ${value}`,
  write: (value) => `:= ${value}`,
  exchange: (value) => value,
  compareExchange: (value) => value,
  fetchAdd: (value) => value,
  update: (value) => value,
  get: (value) => `-> ${value}`,
  put: (value) => `-> ${value}`,
  post: (value) => `-> ${value}`,
  wait: (value) => `-> ${value}`,
  sleep: (value) => `${value} ms`,
  arm: (value) => `${value} ms`,
  fire: (value) => `of ${value}`,
  alloc: (value) => value,
  spawn: (value) => value,
  take: (value) => (value === '1' ? '(1 callback)' : `(${value} callbacks)`),
};

/** Operations whose result may be null, so that null is worth showing. */
const readsNull: ReadonlySet<string> = new Set(['load', 'read']);
const writesNull: ReadonlySet<string> = new Set(['store', 'write']);

/** Operations that carry a label of their own, which notes follow. */
const labelled: ReadonlySet<string> = new Set(['choose', 'until', 'serve', 'step']);
/** Operations whose label says on whose behalf they are, after the value. */
const onBehalf: ReadonlySet<string> = new Set(['get', 'put']);

/** An event in words: what is done, and what is noted besides. @internal */
export interface Described {
  /** `load x = 0`. */
  readonly text: string;
  /** The author's notes at this step; empty when there are none. */
  readonly notes: string;
}

/**
 * Puts an event into words.
 *
 * @param failed - whether the step itself failed: what it would have returned is then left out, for it had no effect
 * @internal
 */
export function describeEvent(event: Event, failed = false): Described {
  const { operation } = event;
  let notes = event.label;
  const words = [operation];
  if (event.object !== '') words.push(event.object);
  let label = '';
  if ((labelled.has(operation) || onBehalf.has(operation)) && notes !== '') {
    const end = notes.indexOf('; ');
    label = end < 0 ? notes : notes.slice(0, end);
    notes = end < 0 ? '' : notes.slice(end + 2);
  }
  if (label !== '' && !onBehalf.has(operation)) words.push(label);
  const value = valueOf(event, failed);
  if (value !== '') words.push(value);
  if (label !== '' && onBehalf.has(operation)) words.push(`(${label})`);
  return { text: ascii(words.join(' ')), notes: ascii(notes) };
}

function valueOf({ operation, value }: Event, failed: boolean): string {
  const writes = writesNull.has(operation);
  if (failed && !writes) return '';
  if (value === null && !writes && !readsNull.has(operation)) return '';
  const form = Object.hasOwn(forms, operation) ? forms[operation] : undefined;
  return form === undefined ? `= ${String(value)}` : form(String(value));
}
