import type { Event } from '../engine/recorder.js';
import type { Violation } from '../replay/violation.js';

/** How a failure of the end of an execution is marked; any other is one of a final check. */
const endings: Readonly<Record<string, string>> = {
  deadlock: 'no thread can go on',
  leak: 'still allocated',
  livelock: 'out of steps',
  nondeterminism: 'not deterministic',
};

/** What stands beside the last step when that is the one that failed; empty when it is the end that did. @internal */
export function markOf({ kind, thread }: Violation, events: readonly Event[]): string {
  const last = events[events.length - 1];
  if (last === undefined || thread === '') return '';
  // Of threads of the same name, events number all but the first.
  const same = last.thread === thread || last.thread.replace(/#\d+$/, '') === thread;
  // A thread that was just spawned may fail before its own first step.
  return same ? kind : `${kind} in ${thread}`;
}

/** What stands behind the last step when it is the end, or the start, that failed. @internal */
export function endText({ kind, events }: Violation): string {
  return events.length === 0 ? kind : `${kind}: ${endings[kind] ?? 'in a final check'}`;
}
