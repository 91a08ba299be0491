import { replaySchedule } from '../replay/replay.js';
import type { Schedule } from '../replay/schedule.js';
import { firstDifference, format, parse, record, sameWhole, scheduleOf } from '../replay/token.js';
import type { Scenario } from '../sim/scenario.js';

/** How the executions of a search are run. */
export interface PathOptions {
  readonly maxSteps: number;
  readonly haltAfter: number;
}

/** An execution as a token, to notice later that the scenario has changed. @internal */
export function recordPath(scenario: Scenario, schedule: Schedule, options: PathOptions): string {
  const { events } = replaySchedule(scenario, schedule, { ...options, locate: false });
  return format(record(schedule, events, { kind: 'complete', finding: 1 }));
}

/** Where a scenario no longer does what was recorded, in a few words; undefined when it does. @internal */
export function pathDiffers(
  scenario: Scenario,
  path: string,
  options: PathOptions,
): string | undefined {
  const recording = parse(path);
  if ('problem' in recording) return recording.problem;
  const schedule = scheduleOf(recording);
  const { events, departure } = replaySchedule(scenario, schedule, { ...options, locate: false });
  const differs = firstDifference(recording, events);
  if (differs !== undefined) return `step ${differs} is another one`;
  if (departure !== undefined) return `at step ${departure.step} ${departure.why}`;
  if (sameWhole(recording, events)) return undefined;
  return 'its steps are other ones';
}
