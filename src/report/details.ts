import type { Violation } from '../replay/violation.js';
import { ascii, asciiLines } from './ascii.js';
import { describeEvent } from './operation.js';
import { wrap } from './wrap.js';

/** Violations for which it matters where the object was touched at last. */
const lifetime: ReadonlySet<string> = new Set(['use-after-free', 'double-free']);

/**
 * What the steps do not say by themselves: where an object was allocated, freed and touched, who waits for whom, who took references.
 *
 * @internal
 */
export function renderDetails(violation: Violation, width: number): string[] {
  const lines = violation.details.flatMap(asciiLines);
  const last = violation.events[violation.events.length - 1];
  if (last !== undefined && lifetime.has(violation.kind) && violation.thread !== '') {
    const { text } = describeEvent(last, true);
    lines.push(`the failing step is ${last.index}: ${text} by ${ascii(last.thread)}`);
  }
  return lines.flatMap((line) => wrap(line, width - 2, '    ')).map((line) => `  ${line}`);
}
