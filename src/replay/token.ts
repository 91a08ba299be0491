import type { Event } from '../engine/recorder.js';
import { encode, fingerprint, hash } from './fingerprint.js';
import type { Schedule } from './schedule.js';

/**
 * A recorded execution as printable text, short enough for a mail:
 *
 *     q1.<segment>.<segment>...[.c<choices>].<ending><whole>.<check>
 *
 * A segment is a run of steps of one thread: `<thread>-<steps>-<fingerprint>`, numbers to the base 36, the number of steps left
 * out when it is 1; the fingerprint is that of its first operation. Choices other than 0 are `<place>-<value>`, joined by `_`. The
 * ending is `v` and the number of the finding where the execution ended (left out when 1), `l` for a livelock, `c` for a complete
 * execution. `whole` is a fingerprint of all operations together, `check` one of the text before it.
 */
const version = 'q1';
const fingerprintLength = 3;
const wholeLength = 4;

/** How a recorded execution ended. @internal */
export interface Ending {
  readonly kind: 'violation' | 'livelock' | 'complete';
  /** Which finding of the execution it is, from 1. */
  readonly finding: number;
}

/** A run of steps of one thread. @internal */
export interface Segment {
  readonly thread: number;
  readonly steps: number;
  readonly fingerprint: string;
}

/** What a token says. @internal */
export interface Recording {
  readonly segments: readonly Segment[];
  readonly branches: readonly number[];
  readonly ending: Ending;
  readonly whole: string;
}

function wholeOf(events: readonly Event[]): string {
  let value = hash(version);
  for (const event of events) value = hash(encode(fingerprint(event), 6), value);
  return encode(value, wholeLength);
}

/** Describes an execution from its schedule and the events that it led to. @internal */
export function record(schedule: Schedule, events: readonly Event[], ending: Ending): Recording {
  const segments: { thread: number; steps: number; fingerprint: string }[] = [];
  events.forEach((event, i) => {
    const thread = schedule.threads[i] as number;
    const last = segments[segments.length - 1];
    if (last?.thread === thread) last.steps++;
    else {
      segments.push({
        thread,
        steps: 1,
        fingerprint: encode(fingerprint(event), fingerprintLength),
      });
    }
  });
  return { segments, branches: schedule.branches, ending, whole: wholeOf(events) };
}

/** The token of a recording. @internal */
export function format(recording: Recording): string {
  const parts = [version];
  for (const { thread, steps, fingerprint: print } of recording.segments) {
    const count = steps === 1 ? '' : `-${steps.toString(36)}`;
    parts.push(`${thread.toString(36)}${count}-${print}`);
  }
  const choices = recording.branches
    .map((value, place) => ({ value, place }))
    .filter(({ value }) => value !== 0)
    .map(({ value, place }) => `${place.toString(36)}-${value.toString(36)}`);
  if (choices.length > 0) parts.push(`c${choices.join('_')}`);
  const { kind, finding } = recording.ending;
  const letter = kind === 'violation' ? 'v' : kind === 'livelock' ? 'l' : 'c';
  parts.push(`${letter}${finding === 1 ? '' : finding.toString(36)}-${recording.whole}`);
  const text = parts.join('.');
  return `${text}.${encode(hash(text), wholeLength)}`;
}

/** The schedule that a recording describes. @internal */
export function scheduleOf(recording: Recording): Schedule {
  const threads: number[] = [];
  for (const { thread, steps } of recording.segments) {
    for (let i = 0; i < steps; i++) threads.push(thread);
  }
  return { threads, branches: recording.branches };
}

/** Why a text is no token; undefined when it is one. */
export interface Malformed {
  readonly problem: string;
  /** Whether it may be one of another release. */
  readonly otherVersion?: boolean;
}

const segmentPattern = /^([0-9a-z]{1,4})(?:-([0-9a-z]{1,6}))?-([0-9A-Za-z]{3})$/;
const choicesPattern = /^c([0-9a-z]+-[0-9a-z]+(?:_[0-9a-z]+-[0-9a-z]+)*)$/;
const endingPattern = /^([vlc])([0-9a-z]{0,4})-([0-9A-Za-z]{4})$/;

/** More steps than any execution is allowed: a token that claims more is damaged. */
const mostSteps = 10_000_000;

/** Reads a token. @internal */
export function parse(text: string): Recording | Malformed {
  const parts = text.split('.');
  if (parts[0] !== version) {
    return /^q\d+$/.test(parts[0] ?? '')
      ? {
          problem: `it is of format version ${parts[0] ?? ''}, and this qomcheck reads ${version}`,
          otherVersion: true,
        }
      : { problem: `it does not begin with "${version}."` };
  }
  const check = parts[parts.length - 1] ?? '';
  const before = parts.slice(0, -1).join('.');
  if (parts.length < 3 || encode(hash(before), wholeLength) !== check) {
    return { problem: 'it is damaged or cut off' };
  }
  const ending = endingPattern.exec(parts[parts.length - 2] as string);
  if (ending === null) return { problem: 'its ending is damaged' };
  const segments: Segment[] = [];
  const branches: number[] = [];
  let total = 0;
  for (const part of parts.slice(1, -2)) {
    const segment = segmentPattern.exec(part);
    const choices = segment === null ? choicesPattern.exec(part) : null;
    if (segment !== null) {
      const steps = segment[2] === undefined ? 1 : Number.parseInt(segment[2], 36);
      total += steps;
      const thread = Number.parseInt(segment[1] as string, 36);
      segments.push({ thread, steps, fingerprint: segment[3] as string });
    } else if (choices !== null) {
      for (const pair of (choices[1] as string).split('_')) {
        const [place, value] = pair.split('-').map((number) => Number.parseInt(number, 36));
        if ((place as number) > mostSteps) return { problem: 'its choices are damaged' };
        branches[place as number] = value as number;
      }
      for (let i = 0; i < branches.length; i++) branches[i] ??= 0;
    } else return { problem: `its part "${part}" is damaged` };
  }
  if (total > mostSteps) return { problem: 'it claims more steps than any execution has' };
  const kind = ending[1] === 'v' ? 'violation' : ending[1] === 'l' ? 'livelock' : 'complete';
  const finding = ending[2] === '' ? 1 : Number.parseInt(ending[2] as string, 36);
  return { segments, branches, ending: { kind, finding }, whole: ending[3] as string };
}

/** The first step where events differ from a recording, from 1; undefined when they agree as far as a token can tell. @internal */
export function firstDifference(
  recording: Recording,
  events: readonly Event[],
): number | undefined {
  let step = 0;
  for (const segment of recording.segments) {
    const event = events[step];
    if (event === undefined) return undefined;
    if (encode(fingerprint(event), fingerprintLength) !== segment.fingerprint) return step + 1;
    step += segment.steps;
  }
  return undefined;
}

/** Whether all operations together are those recorded. @internal */
export function sameWhole(recording: Recording, events: readonly Event[]): boolean {
  return wholeOf(events) === recording.whole;
}
