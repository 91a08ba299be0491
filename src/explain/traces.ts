import { Recorder } from '../engine/recorder.js';
import type { Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import { OptimalDpor } from '../explore/dpor/dpor.js';
import { PrefixDiffers } from '../explore/strategy.js';
import { Playback } from '../replay/playback.js';
import type { Schedule } from '../replay/schedule.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import { Names } from './names.js';
import { Budget, type ExplainSettings } from './options.js';
import { type Trace, TraceRecorder } from './trace.js';

/** The traces of a scenario, as far as the budget allowed. */
export interface Traces {
  readonly names: Names;
  readonly list: readonly Trace[];
  /** Whether these are all. */
  readonly exhausted: boolean;
}

/** Explores the traces of a scenario, each beyond its first failure, and writes them down. */
export function collectTraces(scenario: Scenario, settings: ExplainSettings): Traces {
  return new Collector(scenario, settings).run();
}

class Collector {
  private readonly scenario: Scenario;
  private readonly settings: ExplainSettings;
  private readonly session = new Session();
  private readonly strategy: OptimalDpor;
  private names = new Names();
  private traces: Trace[] = [];
  /** Whether some execution ran out of steps: what comes later is in a race with nothing that was seen. */
  private unfinished = false;
  /** Executions that failed and were then cut as equivalent to others. */
  private cut: Schedule[] = [];

  constructor(scenario: Scenario, settings: ExplainSettings) {
    this.scenario = scenario;
    this.settings = settings;
    this.strategy = new OptimalDpor(this.session, (scheduler) => {
      this.execute(scheduler, false);
    });
  }

  run(): Traces {
    const budget = new Budget(this.settings);
    let exhausted = false;
    try {
      for (let index = 0; !budget.spent; index++) {
        if (!this.strategy.begin(index)) {
          exhausted = !this.unfinished;
          break;
        }
        budget.spend(this.once());
      }
      if (exhausted) this.completeCut();
    } catch (error) {
      // The scenario is not deterministic: there is nothing to be explained.
      if (!(error instanceof PrefixDiffers)) throw error;
      exhausted = false;
    }
    return { names: this.names, list: this.traces, exhausted };
  }

  /** @returns the number of steps */
  private once(): number {
    const execution = this.execute(this.strategy, false);
    if (this.strategy.beganAfresh()) {
      this.names = new Names();
      this.traces = [];
      this.cut = [];
      this.unfinished = false;
    }
    const { steps } = execution;
    if (execution.ending === 'livelock') this.unfinished = true;
    const schedule = {
      threads: execution.schedule.slice(),
      branches: execution.branchesTaken.slice(),
    };
    if (execution.ending !== 'cut') this.traces.push(this.record(new Playback(schedule, false)));
    else if (execution.findings.length > 0) this.cut.push(schedule);
    execution.dispose();
    return steps;
  }

  /** What was cut is a part of traces that were explored; only where it is not, as an invariant may see more, it is one more. */
  private completeCut(): void {
    if (this.cut.length === 0) return;
    const keys = new Set(this.traces.map((trace) => trace.key()));
    for (const schedule of this.cut) {
      const trace = this.record(new Playback(schedule, true));
      const key = trace.key();
      if (!keys.has(key)) this.traces.push(trace);
      keys.add(key);
    }
  }

  private record(playback: Playback): Trace {
    const recorder = new TraceRecorder(playback, this.strategy.watch, this.names);
    const execution = this.execute(recorder, true, recorder.footprint);
    const trace = recorder.trace(execution);
    execution.dispose();
    return trace;
  }

  private execute(
    scheduler: Scheduler,
    recorded: boolean,
    footprint?: TraceRecorder['footprint'],
  ): ReturnType<typeof run> {
    // Trying out takes no notes of what conditions look at, like the search that asks for it.
    const watch = scheduler === this.strategy || recorded ? this.strategy.watch : undefined;
    return run(this.scenario, scheduler, {
      session: this.session,
      maxSteps: this.settings.maxSteps,
      haltAfter: Infinity,
      watch,
      footprint,
      recorder: recorded ? () => new Recorder(false) : undefined,
    });
  }
}
