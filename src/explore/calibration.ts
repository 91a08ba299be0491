import type { Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import { DeterminismCheck } from './determinism.js';

/** Executes a scenario for a strategy that must know something of it beforehand. These executions are not part of the search. */
export class Calibration {
  /** What is wrong with the scenario, in one sentence, when it is not deterministic. */
  problem: string | undefined = undefined;
  /** Of its own: a label that only these executions reach is not reached by the search. */
  private readonly session = new Session();
  private readonly scenario: Scenario;
  private readonly settings: { readonly seed: string | number; readonly maxSteps: number };
  private begun = false;

  constructor(scenario: Scenario, settings: Calibration['settings']) {
    this.scenario = scenario;
    this.settings = settings;
  }

  execute(scheduler: Scheduler): void {
    const { scenario, session, settings } = this;
    const haltAfter = Infinity;
    const { maxSteps } = settings;
    const execution = run(scenario, scheduler, { session, maxSteps, haltAfter });
    if (this.begun) return;
    this.begun = true;
    // Where state survives executions, only the first may differ, and the search does not see it.
    const check = new DeterminismCheck(scenario, { ...settings, haltAfter });
    this.problem = check.check(0, execution);
  }
}
