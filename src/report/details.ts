import type { Event } from '../engine/recorder.js';
import type { Violation } from '../replay/violation.js';
import { ascii, asciiLines } from './ascii.js';
import { count } from './numbers.js';
import { wrap } from './wrap.js';

/** More lines than this are cut in the middle. */
const mostLines = 40;

function isPartOf(object: string, whole: string): boolean {
  return object === whole || object.startsWith(`${whole}.`);
}

/** Where an object whose life was over was touched, as far as the last step tells. */
function touched({ kind, property, thread, events }: Violation): string[] {
  const last = events[events.length - 1];
  if (last === undefined || thread === '' || !isPartOf(last.object, property)) return [];
  const when = `at step ${last.index} by ${thread}`;
  if (kind === 'double-free') return [`${last.object} was freed again ${when}`];
  if (kind === 'use-after-free') return [`${last.object} was touched ${when} (${last.operation})`];
  return [];
}

const acquisitions: ReadonlySet<string> = new Set(['lock', 'readLock', 'writeLock']);

function takes(event: Event): boolean {
  return (
    acquisitions.has(event.operation) || (event.operation === 'tryLock' && event.value === true)
  );
}

/** Since when the locks of a deadlock are held, where the steps tell: a wait on a condition gives a lock back and takes it again. */
function taken({ kind, property, details, events }: Violation): string[] {
  if (kind !== 'deadlock') return [];
  return property.split(', ').flatMap((object) => {
    const step = [...events].reverse().find((event) => event.object === object && takes(event));
    if (step === undefined) return [];
    const { thread, index, operation } = step;
    const holds = details.some((line) => {
      const [waits = '', holder] = line.split(', held by ');
      return holder === thread && waits.replace(/ \(\w+\)$/, '').endsWith(` for ${object}`);
    });
    const waited = events.slice(index).some((event) => {
      return event.thread === thread && event.operation === 'wake';
    });
    const how = operation === 'tryLock' ? 'lock' : operation;
    return holds && !waited ? [`${thread} holds ${object} since step ${index} (${how})`] : [];
  });
}

/** The history of a count stands on lines of its own. */
function unfolded({ kind, details }: Violation): readonly string[] {
  if (kind !== 'leak') return details;
  return details.flatMap((line) =>
    line.split('; ').map((part, i) => (i === 0 ? part : `  ${part}`)),
  );
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  const half = mostLines >> 1;
  const left = count(lines.length - 2 * half, 'line');
  return [...lines.slice(0, half), `... ${left} left out`, ...lines.slice(-half)];
}

/**
 * What the steps do not say by themselves: where an object was allocated, freed and touched, who waits for whom, who took references.
 *
 * @internal
 */
export function renderDetails(violation: Violation, width: number): string[] {
  const lines = [...unfolded(violation), ...touched(violation), ...taken(violation)];
  return cut(lines.flatMap(asciiLines))
    .flatMap((line) => wrap(ascii(line), width - 2, '    '))
    .map((line) => `  ${line}`);
}
