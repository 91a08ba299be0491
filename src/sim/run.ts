import { RestartSignal } from '../engine/errors.js';
import { Execution } from '../engine/execution.js';
import type { Footprint } from '../engine/footprint.js';
import type { Watch } from '../engine/inspection.js';
import type { Recorder } from '../engine/recorder.js';
import type { Scheduler } from '../engine/scheduler.js';
import type { Session } from '../engine/session.js';
import type { Scenario } from './scenario.js';
import { Sim } from './sim.js';

/** How a scenario is executed once. @internal */
export interface RunOptions {
  readonly session: Session;
  /** Default: the scenario's. */
  readonly maxSteps?: number | undefined;
  /** Number of findings after which the execution ends (default 1). */
  readonly haltAfter?: number | undefined;
  readonly recorder?: (() => Recorder) | undefined;
  readonly footprint?: Footprint | undefined;
  readonly watch?: Watch | undefined;
}

/** Executes a scenario once, from set-up to its end, under a scheduler. @internal */
export function run(scenario: Scenario, scheduler: Scheduler, options: RunOptions): Execution {
  for (;;) {
    const execution = new Execution({
      session: options.session,
      maxSteps: options.maxSteps ?? scenario.maxSteps,
      leakCheck: scenario.leakCheck,
      haltAfter: options.haltAfter ?? 1,
      recorder: options.recorder?.(),
      footprint: options.footprint,
      watch: options.watch,
    });
    const sim = new Sim(execution);
    try {
      execution.begin(() => scenario.setup(sim));
      execution.run(scheduler);
      return execution;
    } catch (error) {
      if (!(error instanceof RestartSignal)) throw error;
      scheduler.restart?.();
    }
  }
}
