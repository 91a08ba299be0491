import { PrefixDiffers } from '../explore/strategy.js';
import { TraceWatcher } from '../explore/trace.js';
import { Playback } from '../replay/playback.js';
import { ReplayError, replay, replaySchedule, violationOf } from '../replay/replay.js';
import { parse, type Recording, scheduleOf } from '../replay/token.js';
import { type Minimization, requireViolation, type Violation } from '../replay/violation.js';
import { checkScenario, type Scenario } from '../sim/scenario.js';
import { BoundedSearch } from './bounded-search.js';
import { deltaDebug } from './delta.js';
import { type MinimizeOptions, type MinimizeSettings, resolveMinimizeOptions } from './options.js';
import { Planned, Planner } from './plan.js';
import { StepNames } from './prefix.js';
import { placeOf, type Target, targetOf } from './target.js';
import { type Found, isSimpler, Trials } from './trials.js';

/** The simplest execution that was found with a failure. @public */
export interface Minimized extends Minimization {
  /** The same failure: equal in kind and property. Its token replays it. */
  readonly violation: Violation;
}

/**
 * Looks for the same failure (kind and property) with the fewest preemptions, and among those with the fewest steps.
 *
 * First leaves out context switches of the recorded execution as long as it still fails (delta debugging: Zeller and Hildebrandt,
 * IEEE TSE 2002). Then goes through all executions with 0, 1, 2, ... preemptions until one fails (iterative context bounding:
 * Musuvathi and Qadeer, PLDI 2007): most failures need only a few. Last goes through the others with as many preemptions for one
 * with fewer steps. What is left undone when the budget ends makes the result worse, or not proven, and never wrong.
 *
 * A failure that is the first of its execution is sought as the first; a later one (with `stopAfter` above 1) in executions that
 * go on after other failures. Nondeterminism cannot be made simpler and is returned as it is.
 *
 * The same arguments give the same result unless there is a time limit.
 *
 * @param violation - from the report of any strategy; its kind, property and token matter
 * @throws ReplayError when its token does not lead to this failure in this scenario.
 * @throws UsageError when an option is written wrongly, or an argument is no scenario or no violation.
 * @public
 */
export function minimize(
  scenario: Scenario,
  violation: Violation,
  options: MinimizeOptions = {},
): Minimized {
  checkScenario(scenario);
  requireViolation(violation);
  const settings = resolveMinimizeOptions(options);
  const { kind, property } = violation;
  if (kind === 'nondeterminism') return unproven(violation, 0);
  const { violation: original } = replay(scenario, violation.token);
  if (original?.kind !== kind || original.property !== property) {
    const found = original === undefined ? 'no failure' : name(original);
    throw new ReplayError(
      `the token leads to ${found} in the scenario "${scenario.name}", not to ${name(violation)}`,
    );
  }
  const recording = parse(violation.token.trim()) as Recording;
  return new Minimizer(scenario, original, recording, settings).run();
}

function name({ kind, property }: Pick<Violation, 'kind' | 'property'>): string {
  return `${kind} "${property}"`;
}

function unproven(violation: Violation, executions: number): Minimized {
  const { preemptions, steps } = violation;
  return { violation, preemptions, steps, provenMinimal: false, executions };
}

class Minimizer {
  private readonly scenario: Scenario;
  private readonly original: Violation;
  private readonly recording: Recording;
  private readonly target: Target;
  private readonly trials: Trials;
  private readonly greedyShare: number;
  private readonly names = new StepNames();

  constructor(
    scenario: Scenario,
    original: Violation,
    recording: Recording,
    settings: MinimizeSettings,
  ) {
    this.scenario = scenario;
    this.original = original;
    this.recording = recording;
    this.target = targetOf(scenario, original, recording);
    this.trials = new Trials(scenario, this.target, settings);
    // Only a search can prove anything.
    this.greedyShare = Math.max(1, settings.maxExecutions / 4);
  }

  run(): Minimized {
    const { trials } = this;
    const planner = new Planner(new Playback(scheduleOf(this.recording), true));
    const first = trials.run(planner, false);
    if (first === undefined) return unproven(this.original, trials.executions);
    let proven = false;
    try {
      this.leaveOut(planner);
      proven = this.search();
    } catch (error) {
      // The scenario is not deterministic after all.
      if (!(error instanceof PrefixDiffers)) throw error;
    }
    return this.result(trials.best as Found, proven);
  }

  /** Leaves out what switches it can. */
  private leaveOut({ plan }: Planner): void {
    const { trials } = this;
    deltaDebug(plan.switches, (switches) => {
      if (trials.executions >= this.greedyShare || trials.spent()) return false;
      const best = trials.best as Found;
      const found = trials.run(new Planned({ switches, ways: plan.ways }, best), false);
      return found !== undefined && !isSimpler(best, found);
    });
  }

  /** @returns whether there is no way with fewer preemptions than the best */
  private search(): boolean {
    const { trials } = this;
    for (let bound = 0; ; bound++) {
      const { preemptions, steps } = trials.best as Found;
      const fewerStepsThan = bound < preemptions ? Infinity : steps;
      const search = new BoundedSearch(bound, fewerStepsThan, this.target, this.names);
      const complete = this.goThrough(search);
      const { preemptions: least } = trials.best as Found;
      if (!complete || bound >= least) return bound >= least;
    }
  }

  /** @returns whether it came to the end within the budget */
  private goThrough(search: BoundedSearch): boolean {
    const { trials } = this;
    for (let first = true; ; first = false) {
      const watcher = new TraceWatcher(search);
      if (!search.begin(watcher.steps, first)) return true;
      if (trials.spent()) return false;
      const found = trials.run(watcher, true);
      if (found !== undefined && found.steps < search.fewerStepsThan) {
        search.fewerStepsThan = found.steps;
      }
    }
  }

  private result(best: Found, provenMinimal: boolean): Minimized {
    const { executions } = this.trials;
    const { preemptions, steps } = best;
    if (!isSimpler(best, this.original)) {
      return { ...unproven(this.original, executions), provenMinimal };
    }
    const replayed = replaySchedule(this.scenario, best.schedule, {
      haltAfter: best.position,
      maxSteps: this.target.maxSteps,
    });
    const { findings } = replayed.execution;
    const finding = findings[best.position - 1];
    if (finding === undefined || placeOf(this.target, findings) !== best.position - 1) {
      return unproven(this.original, executions);
    }
    const violation = violationOf(finding, replayed, best.position);
    return { violation, preemptions, steps, provenMinimal, executions };
  }
}
