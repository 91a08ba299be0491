import type { Event } from '../engine/recorder.js';
import { aloneUntil } from './elide.js';
import { grouped } from './numbers.js';
import { describeEvent } from './operation.js';

/** A step as a line. @internal */
export interface StepRow {
  readonly type: 'step';
  readonly index: number;
  readonly thread: string;
  readonly text: string;
  readonly notes: string;
  readonly location: string;
  readonly preempts: boolean;
  /** What stands beside the step that failed; empty for every other. */
  readonly mark: string;
}

/** Steps that are left out. @internal */
export interface GapRow {
  readonly type: 'gap';
  readonly steps: number;
  readonly preemptions: number;
  /** How many of them each thread took, in order of columns. */
  readonly threads: readonly (readonly [thread: string, steps: number])[];
  /** What the author noted at them, in order. */
  readonly notes: readonly Note[];
}

/** What an author noted at a step that is left out. @internal */
export interface Note {
  readonly thread: string;
  readonly text: string;
}

/** Found once a step has had its effect, by what the thread or a check makes of it; of other kinds the step itself failed. */
const afterwards = /^(assertion|invariant|exception)\b/;

/** One line of an execution. @internal */
export type Row = StepRow | GapRow;

/** The threads that took a step, in order of their first. @internal */
export function threadsOf(events: readonly Event[]): string[] {
  return [...new Set(events.map((event) => event.thread))];
}

/** Of more notes in one gap, the last so many. */
const mostNotes = 12;

function notesOf(events: readonly Event[]): Note[] {
  const all = events.flatMap((event) => {
    const { notes } = describeEvent(event);
    if (notes === '') return [];
    return notes.split('; ').map((text) => ({ thread: event.thread, text }));
  });
  const [first] = all;
  const left = all.length - mostNotes;
  if (first === undefined || left <= 1) return all;
  return [{ ...first, text: `... ${grouped(left)} more` }, ...all.slice(left)];
}

/** @param company - after how many steps notes matter: what is said of set-up does not */
function gap(events: readonly Event[], company: number): GapRow {
  const steps = new Map<string, number>();
  for (const { thread } of events) steps.set(thread, (steps.get(thread) ?? 0) + 1);
  const preemptions = events.filter((event) => event.preempts).length;
  const notes = notesOf(events.filter(({ index }) => index > company));
  return { type: 'gap', steps: events.length, preemptions, threads: [...steps], notes };
}

/**
 * The lines of an execution.
 *
 * @param kept - which events are shown, by position; the others are counted
 * @param mark - what stands beside the last step when that is the one that failed; empty otherwise
 * @internal
 */
export function rowsOf(events: readonly Event[], kept: readonly boolean[], mark: string): Row[] {
  const rows: Row[] = [];
  const company = aloneUntil(events);
  let skipped: Event[] = [];
  events.forEach((event, i) => {
    if (kept[i] !== true) {
      skipped.push(event);
      return;
    }
    if (skipped.length > 0) rows.push(gap(skipped, company));
    skipped = [];
    const failed = mark !== '' && i === events.length - 1;
    rows.push({
      type: 'step',
      index: event.index,
      thread: event.thread,
      ...describeEvent(event, failed && !afterwards.test(mark)),
      location: event.location,
      preempts: event.preempts,
      mark: failed ? mark : '',
    });
  });
  if (skipped.length > 0) rows.push(gap(skipped, company));
  return rows;
}
