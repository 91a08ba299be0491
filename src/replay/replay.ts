import { checkOptions, UsageError } from '../engine/errors.js';
import type { Execution } from '../engine/execution.js';
import { type Event, Recorder } from '../engine/recorder.js';
import { Session } from '../engine/session.js';
import type { Finding } from '../engine/violation.js';
import { run } from '../sim/run.js';
import { checkScenario, type Scenario } from '../sim/scenario.js';
import { Playback } from './playback.js';
import type { Schedule } from './schedule.js';
import {
  type Ending,
  firstDifference,
  format,
  parse,
  type Recording,
  record,
  sameWhole,
  scheduleOf,
} from './token.js';
import type { Violation } from './violation.js';

/** A token is malformed or does not fit the scenario. @public */
export class ReplayError extends Error {
  override readonly name: string = 'ReplayError';
  /** The first step that differs, from 1; undefined when the token itself is malformed. */
  readonly step: number | undefined;
  /** Whether another release of qomcheck writes such tokens. @internal */
  readonly otherVersion: boolean;

  constructor(message: string, step?: number, otherVersion = false) {
    super(message);
    this.step = step;
    this.otherVersion = otherVersion;
  }
}

/** How to replay. @public */
export interface ReplayOptions {
  /**
   * What to do where the scenario no longer does what was recorded: `throw` a ReplayError (default), or `continue` under a default
   * schedule (the running thread goes on, else the next in order of creation).
   */
  readonly onDivergence?: 'throw' | 'continue';
}

/** One execution, replayed. @public */
export interface ReplayedExecution {
  readonly verdict: 'violated' | 'passed';
  /** The violation at which it ended. */
  readonly violation?: Violation;
  readonly events: readonly Event[];
  readonly steps: number;
  readonly preemptions: number;
  /** The token of what was executed; the given one unless it diverged. */
  readonly token: string;
  /** Where the execution left the recording, when it did. */
  readonly divergence?: string;
}

/** A schedule executed with all that a report needs. @internal */
export interface Replayed {
  readonly execution: Execution;
  readonly events: readonly Event[];
  readonly departure: { readonly step: number; readonly why: string } | undefined;
}

/** Executes a schedule with events and locations. @internal */
export function replaySchedule(
  scenario: Scenario,
  schedule: Schedule,
  options: {
    haltAfter?: number;
    maxSteps?: number | undefined;
    onward?: boolean;
    locate?: boolean;
  },
): Replayed {
  const playback = new Playback(schedule, options.onward ?? false);
  const execution = run(scenario, playback, {
    session: new Session(),
    haltAfter: options.haltAfter ?? 1,
    maxSteps: options.maxSteps,
    recorder: () => new Recorder(options.locate ?? true),
  });
  const events = execution.recorder?.events ?? [];
  return { execution, events, departure: playback.departure };
}

function countPreemptions(events: readonly Event[]): number {
  return events.filter((event) => event.preempts).length;
}

/** The public form of a finding in a replayed execution. @internal */
export function violationOf(finding: Finding, replayed: Replayed, position: number): Violation {
  const { execution } = replayed;
  const events = replayed.events.slice(0, finding.steps);
  const ending: Ending = {
    kind: finding.kind === 'livelock' ? 'livelock' : 'violation',
    finding: position,
  };
  const threads = execution.schedule.slice(0, finding.steps);
  const recording = record({ threads, branches: execution.branchesTaken }, events, ending);
  return {
    kind: finding.kind,
    property: finding.property,
    message: finding.message,
    token: format(recording),
    steps: finding.steps,
    preemptions: countPreemptions(events),
    events,
    thread: finding.thread,
    details: finding.details,
  };
}

/** The first step, from 1, that is not the first of a run of steps and so has no fingerprint of its own. */
function firstUnmarked({ segments }: Recording): number {
  let step = 1;
  for (const segment of segments) {
    if (segment.steps > 1) return step + 1;
    step += segment.steps;
  }
  return step;
}

function explainDivergence(recording: Recording, replayed: Replayed): [string, number] | undefined {
  const { execution, events, departure } = replayed;
  const differs = firstDifference(recording, events);
  if (differs !== undefined && (departure === undefined || differs < departure.step)) {
    const { thread, operation, object } = events[differs - 1] as Event;
    const what = object === '' ? operation : `${operation} ${object}`;
    return [`step ${differs} is "${what}" by ${thread}, and something else was recorded`, differs];
  }
  if (departure !== undefined)
    return [`at step ${departure.step} ${departure.why}`, departure.step];
  const recorded = recording.segments.reduce((sum, segment) => sum + segment.steps, 0);
  if (execution.steps < recorded) {
    const step = execution.steps + 1;
    return [`the execution ends before step ${step} of ${recorded}`, step];
  }
  const kept = events.slice(0, recorded);
  if (!sameWhole(recording, kept)) {
    // The token fingerprints the first step of each run of steps; the difference lies within one.
    const step = firstUnmarked(recording);
    return [
      `an operation between two context switches differs from the recorded one, at step ${step} or later`,
      step,
    ];
  }
  if (execution.steps > recorded || execution.ending === 'cut') {
    const step = recorded + 1;
    return [`the recording ends after step ${recorded}, but the execution can go on`, step];
  }
  return undefined;
}

function checkReplayOptions(options: ReplayOptions): void {
  checkOptions('replay', options);
  const { onDivergence = 'throw', ...unknown } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new UsageError(`replay has no option "${name}"; its option is onDivergence`);
  }
  if (!['throw', 'continue'].includes(onDivergence)) {
    throw new UsageError(`onDivergence must be "throw" or "continue", not ${onDivergence}`);
  }
}

/**
 * Executes a scenario as a token says, up to the violation where the recorded execution ended.
 *
 * @throws ReplayError when the token is malformed, or does not fit the scenario (unless `onDivergence` is `continue`).
 * @throws UsageError when an option is unknown or has no meaning.
 * @public
 */
export function replay(
  scenario: Scenario,
  token: string,
  options: ReplayOptions = {},
): ReplayedExecution {
  checkScenario(scenario);
  checkReplayOptions(options);
  if (typeof token !== 'string') throw new ReplayError('this is no token: it is no text');
  const recording = parse(token.trim());
  if ('problem' in recording) {
    const { problem, otherVersion = false } = recording;
    const what = otherVersion ? 'this token cannot be read' : 'this is no token';
    throw new ReplayError(`${what}: ${problem}`, undefined, otherVersion);
  }
  const schedule = scheduleOf(recording);
  const { ending } = recording;
  const onward = options.onDivergence === 'continue';
  const replayed = replaySchedule(scenario, schedule, {
    haltAfter: ending.finding,
    // A violation may have been found with more steps allowed than the scenario's own.
    maxSteps:
      ending.kind === 'livelock'
        ? schedule.threads.length
        : Math.max(scenario.maxSteps, schedule.threads.length),
    onward,
  });
  const divergence = explainDivergence(recording, replayed);
  if (divergence !== undefined && !onward) {
    const [why, step] = divergence;
    throw new ReplayError(`the token does not fit the scenario "${scenario.name}": ${why}`, step);
  }
  const { execution } = replayed;
  const position = Math.min(ending.finding, execution.findings.length);
  const finding = execution.findings[position - 1];
  const left = divergence === undefined ? {} : { divergence: divergence[0] };
  if (finding === undefined) {
    const { events } = replayed;
    const { steps, schedule: threads, branchesTaken: branches } = execution;
    const whole = format(record({ threads, branches }, events, { kind: 'complete', finding: 1 }));
    const preemptions = countPreemptions(events);
    return { verdict: 'passed', events, steps, preemptions, token: whole, ...left };
  }
  // Where a later violation was recorded and does not come, the execution goes on past the one that it ends at.
  const violation = violationOf(finding, replayed, position);
  const { events, steps, preemptions, token: taken } = violation;
  return { verdict: 'violated', violation, events, steps, preemptions, token: taken, ...left };
}
