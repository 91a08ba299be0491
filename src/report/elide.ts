import type { Event } from '../engine/recorder.js';
import type { Violation } from '../replay/violation.js';

/** Executions of at most so many steps are shown whole. */
const shownWhole = 50;
/** So many steps at the end of a longer one are always shown. */
const lastSteps = 12;
/** And so many where a final check is about counts, whatever came last. */
const lastOfCounts = 3;
/** At most so many steps, the last ones, are shown for each further reason. */
const mostForReason = 20;
/** A thread that is alone for fewer steps is shown like others. */
const leastAlone = 20;
/** A gap of fewer steps is shown instead of counted. */
const leastGap = 3;

/** The objects that a violation is about, as far as its text names them. */
function involved(violation: Violation | undefined, events: readonly Event[]): Set<string> {
  const objects = new Set<string>();
  if (violation === undefined) return objects;
  const names = violation.property.split(', ');
  if (violation.thread !== '') names.push(events[events.length - 1]?.object ?? '');
  for (const name of names) if (name !== '') objects.add(name);
  return objects;
}

/** The counts of references on what a failed check names: all that happened to them is told. */
function countsNamed(violation: Violation | undefined, events: readonly Event[]): Set<string> {
  const counts = new Set<string>();
  if (violation === undefined || violation.thread !== '') return counts;
  for (const { operation, object } of events) {
    if (operation !== 'get' && operation !== 'put') continue;
    const owner = object.slice(0, object.lastIndexOf('.'));
    if (owner !== '' && ` ${violation.message} `.includes(` ${owner} `)) counts.add(object);
  }
  return counts;
}

/** The locks that the text of a failed check names: who takes them while what else is held. */
function locksNamed(violation: Violation | undefined, events: readonly Event[]): Set<string> {
  const locks = new Set<string>();
  if (violation === undefined || !/^(assertion|invariant)$/.test(violation.kind)) return locks;
  const text = ` ${violation.message.replaceAll(',', ' ')} `;
  for (const { operation, object } of events) {
    if (operation === 'lock' && text.includes(` ${object} `)) locks.add(object);
  }
  return locks;
}

/** Operations by which what an object is a part of lives or ends. */
const ofLife: ReadonlySet<string> = new Set(['get', 'put', 'tryGet', 'retire', 'free']);

/** Whether an event works on one of the objects, makes one, or is about the life of one: what else its parts hold says little. */
function touches(event: Event, objects: ReadonlySet<string>): boolean {
  if (event.object === '') return event.operation === 'alloc' && objects.has(String(event.value));
  if (objects.has(event.object)) return true;
  if (!ofLife.has(event.operation)) return false;
  for (const object of objects) if (event.object.startsWith(`${object}.`)) return true;
  return false;
}

/** The steps that the lines below the table speak of. */
function namedSteps(violation: Violation | undefined): Set<number> {
  const text = violation?.details.join('\n') ?? '';
  return new Set([...text.matchAll(/\bat step (\d+)\b/g)].map((match) => Number(match[1])));
}

/**
 * Where others come in: what a thread does before it starts a second one has nobody to interleave with, and is only told where it makes
 * what the violation is about. Returns how many steps that is.
 *
 * @internal
 */
export function aloneUntil(events: readonly Event[]): number {
  const start = events.findIndex(({ operation }) => operation === 'spawn');
  const alone = events.slice(0, start).every(({ thread }) => thread === events[0]?.thread);
  return alone && start >= leastAlone ? start : 0;
}

/**
 * Which events a report shows, by position. A long execution is cut to the steps that can matter: the last ones, those that the details
 * name, preemptions with the step before, those on the objects of the violation, choices; of many of a sort the last. The notes at those
 * that are left out are told all the same.
 *
 * @internal
 */
export function keptSteps(events: readonly Event[], violation: Violation | undefined): boolean[] {
  if (events.length <= shownWhole) return events.map(() => true);
  const objects = involved(violation, events);
  const named = namedSteps(violation);
  const counts = countsNamed(violation, events);
  const locks = locksNamed(violation, events);
  const last = counts.size > 0 ? lastOfCounts : lastSteps;
  const company = aloneUntil(events);
  const reasons: ((event: Event, i: number) => boolean)[] = [
    (_event, i) => i >= events.length - last,
    (event) => named.has(event.index),
    (event, i) => event.preempts || events[i + 1]?.preempts === true,
    (event, i) => (i >= company || event.operation === 'alloc') && touches(event, objects),
    (event) => counts.has(event.object),
    (event, i) => i >= company && locks.has(event.object),
    (event, i) => i >= company && event.operation === 'choose',
    (_event, i) => i >= company && i < company + 3,
  ];
  const kept = events.map(() => false);
  for (const matters of reasons) {
    let left = mostForReason;
    for (let i = events.length - 1; i >= 0 && left > 0; i--) {
      if (!matters(events[i] as Event, i)) continue;
      if (kept[i] !== true) left--;
      kept[i] = true;
    }
  }
  return fillSmallGaps(kept);
}

function fillSmallGaps(kept: readonly boolean[]): boolean[] {
  const filled = [...kept];
  for (let start = 0; start < kept.length; start++) {
    if (kept[start] === true) continue;
    let end = start;
    while (end < kept.length && kept[end] !== true) end++;
    if (end - start < leastGap) filled.fill(true, start, end);
    start = end;
  }
  return filled;
}
