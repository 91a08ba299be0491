import type { Execution } from '../engine/execution.js';
import { Session } from '../engine/session.js';
import type { Finding } from '../engine/violation.js';
import { replaySchedule, violationOf } from '../replay/replay.js';
import type { Schedule } from '../replay/schedule.js';
import type { Violation } from '../replay/violation.js';
import { run } from '../sim/run.js';
import { checkScenario, type Scenario } from '../sim/scenario.js';
import { Calibration } from './calibration.js';
import { DeterminismCheck } from './determinism.js';
import { OptimalDpor } from './dpor/dpor.js';
import { now } from './environment.js';
import { boundsOf, type ExploreOptions, resolveOptions, type Settings } from './options.js';
import type { FailureCount } from './parts.js';
import { recordPath } from './path.js';
import { cutShort, type Report, unreachedIn, warningsFor } from './report.js';
import type { SavedSearch } from './saved.js';
import { type Execute, strategies } from './strategies.js';
import { PrefixDiffers, type Strategy } from './strategy.js';

const progressIntervalMs = 250;

/**
 * Explores the executions of a scenario.
 *
 * @throws UsageError when an option or the scenario is written wrongly.
 * @public
 */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Report {
  checkScenario(scenario);
  return search(scenario, options).report;
}

/** What a search found, and what it takes to combine it with others or to go on with it. @internal */
export interface Searched {
  readonly report: Report;
  /** After each failing execution, where a limit on their number may end a combined search: see `Merger`. */
  readonly failures: readonly FailureCount[];
  /** Saves what is left to explore; undefined when nothing is, or when the strategy has no such thing. */
  readonly save: (() => SavedSearch) | undefined;
}

/**
 * Explores the executions of a scenario, all or those that an earlier search with the same options left. Limits on executions and time
 * are those of this search alone.
 *
 * @param brief - for a first look at many scenarios: only the first execution is sampled for nondeterminism, and events have no places in
 *   the source
 * @internal
 */
export function search(
  scenario: Scenario,
  options: ExploreOptions = {},
  saved?: SavedSearch,
  brief = false,
): Searched {
  return new Search(scenario, resolveOptions(scenario, options), saved, brief).run();
}

/** One search: its budgets and what it found so far. */
class Search {
  private readonly scenario: Scenario;
  private readonly settings: Settings;
  private readonly session = new Session();
  private readonly calibration: Calibration;
  private readonly strategy: Strategy;
  private readonly determinism: DeterminismCheck;
  private readonly haltAfter: number;
  private readonly brief: boolean;
  private readonly violations = new Map<string, Violation>();
  private readonly startedAt = now();
  private progressAt: number;
  private executions = 0;
  private failing = 0;
  private deadlocks = 0;
  private redundant = 0;
  private steps = 0;
  /** Some execution reached the limit of steps. */
  private endless = false;
  /** An execution ended at a violation with steps left, and nobody knows what they would have shown. */
  private broken = false;
  /** The scenario is not deterministic: nothing more can be learnt. */
  private undetermined = false;
  /** The user ended it. */
  private stopped = false;
  /** The number of the next execution. */
  private index: number;
  /** Whether the next execution was begun already, by the search to go on with. */
  private begun = false;
  /** What earlier searches did of this one. */
  private executionsBefore = 0;
  private elapsedBefore = 0;
  private last: Schedule = { threads: [], branches: [] };
  private readonly failures: FailureCount[] = [];

  constructor(scenario: Scenario, settings: Settings, saved?: SavedSearch, brief = false) {
    this.scenario = scenario;
    this.settings = settings;
    this.brief = brief;
    this.index = settings.firstExecution;
    if (saved !== undefined) this.session.restore(saved.session);
    this.calibration = new Calibration(scenario, settings);
    const execute: Execute = (scheduler) => {
      run(scenario, scheduler, {
        session: this.session,
        maxSteps: settings.maxSteps,
        haltAfter: Infinity,
      });
    };
    this.strategy = strategies[settings.strategy](
      settings,
      this.session,
      execute,
      this.calibration,
    );
    const { seed, maxSteps } = settings;
    this.haltAfter = settings.stopAfter === 1 ? 1 : Infinity;
    this.determinism = new DeterminismCheck(scenario, {
      seed,
      maxSteps,
      haltAfter: this.haltAfter,
    });
    this.progressAt = this.startedAt + progressIntervalMs;
    if (saved !== undefined) this.goOn(saved);
  }

  run(): Searched {
    const { stopAfter } = this.settings;
    const { strategy, calibration } = this;
    if (calibration.problem !== undefined) {
      this.foundNondeterminism(calibration.problem, undefined);
      return this.result(false);
    }
    let more = this.begun || strategy.begin(this.index);
    while (more) {
      this.once(this.index);
      if (this.undetermined) break;
      this.index++;
      more = strategy.begin(this.index);
      if (this.failing >= stopAfter || this.outOfBudget()) break;
    }
    return this.result(more);
  }

  private result(more: boolean): Searched {
    const { settings, strategy, undetermined, failures } = this;
    const found = this.report(!more && strategy.exhaustive);
    const left = more && !undetermined && this.failing < settings.stopAfter;
    const report = left ? cutShort(found, strategy.estimate?.(), this.stopped) : found;
    const save = left && strategy.save !== undefined ? () => this.save() : undefined;
    return { report, failures, save };
  }

  private save(): SavedSearch {
    const { index, executions, failing, deadlocks, redundant, steps, endless } = this;
    const { session, scenario } = this;
    const { maxSteps } = this.settings;
    const strategy = this.strategy.save?.();
    if (strategy === undefined) throw new Error('this strategy cannot be saved');
    return {
      index,
      executions,
      failing,
      deadlocks,
      redundant,
      steps,
      endless,
      elapsedMs: this.elapsed(),
      violations: [...this.violations],
      session: session.save(),
      strategy,
      last: recordPath(scenario, this.last, { maxSteps, haltAfter: this.haltAfter }),
    };
  }

  private goOn(saved: SavedSearch): void {
    this.strategy.restore?.(saved.strategy);
    this.begun = true;
    this.index = saved.index;
    this.executions = saved.executions;
    this.failing = saved.failing;
    this.deadlocks = saved.deadlocks;
    this.redundant = saved.redundant;
    this.steps = saved.steps;
    this.endless = saved.endless;
    for (const [key, violation] of saved.violations) this.violations.set(key, violation);
    this.executionsBefore = saved.executions;
    this.elapsedBefore = saved.elapsedMs;
  }

  private once(index: number): void {
    const { settings, session, scenario, strategy } = this;
    let execution: Execution;
    try {
      execution = run(scenario, strategy, {
        session,
        maxSteps: settings.maxSteps,
        haltAfter: this.haltAfter,
        watch: strategy.watch,
      });
    } catch (error) {
      if (!(error instanceof PrefixDiffers)) throw error;
      this.foundNondeterminism(error.message, undefined);
      return;
    }
    if (strategy.beganAfresh?.() === true) this.forget();
    this.judge(index, execution);
    if (strategy.save !== undefined) {
      const { schedule, branchesTaken } = execution;
      this.last = { threads: schedule.slice(), branches: branchesTaken.slice() };
    }
    execution.dispose();
  }

  private judge(index: number, execution: Execution): void {
    this.steps += execution.steps;
    this.broken ||= execution.ending === 'halted' && execution.goesOn();
    if (execution.ending === 'cut' || this.strategy.isRepetition?.() === true) {
      this.keepNew(execution);
      return;
    }
    this.executions++;
    if (execution.ending === 'deadlock') this.deadlocks++;
    if (execution.ending === 'livelock') this.endless = true;
    if (execution.findings.length > 0) {
      this.failing++;
      execution.findings.forEach((finding, i) => {
        this.found(execution, finding, i + 1);
      });
    }
    if (!this.undetermined && this.isSampled(index)) {
      const problem = this.determinism.check(index, execution);
      if (problem !== undefined) this.foundNondeterminism(problem, execution);
    }
    if (execution.findings.length > 0) this.countFailure();
  }

  private isSampled(index: number): boolean {
    return this.brief ? index === 0 : DeterminismCheck.samples(index);
  }

  /** A search that is combined with earlier ones may have to end at any of its failing executions. */
  private countFailure(): void {
    const { settings, executions, deadlocks, steps, violations } = this;
    const { stopAfter } = settings;
    if (this.strategy.exhaustive || stopAfter === 1 || stopAfter === Infinity) return;
    const unreached = unreachedIn(this.session);
    this.failures.push({ executions, deadlocks, steps, violations: violations.size, unreached });
  }

  /**
   * An equivalent execution was counted, but an invariant sees states, not traces: it may fail in this one only, on the way to where it
   * was cut. Then this one counts as well.
   */
  private keepNew(execution: Execution): void {
    const before = this.violations.size;
    execution.findings.forEach((finding, i) => {
      this.found(execution, finding, i + 1);
    });
    if (this.violations.size === before) this.redundant++;
    else {
      this.executions++;
      this.failing++;
    }
  }

  /** The strategy begins afresh: what was counted so far will be counted again. */
  private forget(): void {
    this.executions = 0;
    this.failing = 0;
    this.deadlocks = 0;
    this.redundant = 0;
    this.steps = 0;
    this.executionsBefore = 0;
    this.violations.clear();
  }

  /** Keeps a violation that was not seen before, with the events of a replay. */
  private found(execution: Execution, finding: Finding, position: number): void {
    const { kind, property, thread, operation, object } = finding;
    const key = JSON.stringify([kind, property, thread, operation, object]);
    if (this.violations.has(key) || this.undetermined) return;
    const schedule = {
      threads: execution.schedule.slice(0, finding.steps),
      branches: execution.branchesTaken,
    };
    const replayed = replaySchedule(this.scenario, schedule, {
      haltAfter: position,
      maxSteps: this.settings.maxSteps,
      locate: !this.brief,
    });
    const again = replayed.execution.findings[position - 1];
    if (again?.kind !== kind || again.property !== property) {
      this.foundNondeterminism(
        `the ${kind} "${property}" did not occur again after the same choices`,
        execution,
      );
      return;
    }
    this.violations.set(key, violationOf(again, replayed, position));
  }

  private foundNondeterminism(problem: string, execution: Execution | undefined): void {
    this.undetermined = true;
    if (execution === undefined || execution.findings.length === 0) this.failing++;
    if (execution === undefined) this.executions++;
    const replayed = replaySchedule(
      this.scenario,
      { threads: execution?.schedule ?? [], branches: execution?.branchesTaken ?? [] },
      { haltAfter: Infinity, maxSteps: this.settings.maxSteps },
    );
    const finding: Finding = {
      kind: 'nondeterminism',
      property: 'shared state outside operations',
      message: problem,
      thread: '',
      operation: '',
      object: '',
      steps: replayed.execution.steps,
      details: [
        'Threads must share state only through operations, and must not ask for time or chance:',
        'a search over anything else would speak of executions that do not exist.',
      ],
    };
    this.violations.set('nondeterminism', violationOf(finding, replayed, 1));
  }

  private elapsed(): number {
    return this.elapsedBefore + now() - this.startedAt;
  }

  private outOfBudget(): boolean {
    const { timeLimitMs, maxExecutions, onProgress } = this.settings;
    if (this.executions - this.executionsBefore >= maxExecutions) return true;
    if (timeLimitMs === Infinity && onProgress === undefined) return false;
    const time = now();
    if (onProgress !== undefined && time >= this.progressAt) {
      this.progressAt = time + progressIntervalMs;
      const { executions, failing, steps } = this;
      const elapsedMs = this.elapsed();
      this.stopped = onProgress({ executions, failing, steps, elapsedMs }) === false;
      if (this.stopped) return true;
    }
    return time - this.startedAt >= timeLimitMs;
  }

  /** Optimal DPOR learns what to reverse from steps that were taken: past the limit of steps there are none. */
  private mayMiss(): boolean {
    return this.endless && this.strategy instanceof OptimalDpor;
  }

  private report(complete: boolean): Report {
    const { settings, session, steps, failing } = this;
    const unreached = unreachedIn(session);
    return {
      schemaVersion: 1,
      scenario: this.scenario.name,
      strategy: settings.strategy,
      seed: settings.seed,
      bounds: {
        preemptions: settings.preemptions ?? null,
        delays: settings.delays ?? null,
        ...(boundsOf[settings.strategy].includes('depth') && { depth: settings.depth }),
      },
      verdict: failing > 0 ? 'violated' : complete ? 'verified' : 'passed',
      complete: complete && !this.undetermined && !this.broken && !this.mayMiss(),
      executions: this.executions,
      failing,
      deadlocks: this.deadlocks,
      redundant: this.redundant,
      steps,
      elapsedMs: this.elapsed(),
      violations: [...this.violations.values()],
      unreached,
      warnings: warningsFor({ steps, failing, unreached }),
    };
  }
}
