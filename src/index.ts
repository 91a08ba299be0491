/**
 * qomcheck: deterministic simulation and model checking of concurrent designs.
 *
 * @packageDocumentation
 */
export { UsageError } from './engine/errors.js';
export type { Ending, FinalCheck } from './engine/inspection.js';
export type { Operation, Shown } from './engine/operation.js';
export type { Event } from './engine/recorder.js';
export type { Routine, ThreadBody, ThreadOptions } from './engine/thread.js';
export { type ViolationKind, violationKinds } from './engine/violation.js';
export { explain } from './explain/explain.js';
export type { Explanation, Fact, Rarity, StepName } from './explain/explanation.js';
export type { ExplainOptions } from './explain/options.js';
export { explore } from './explore/explore.js';
export type { ExploreOptions, Progress, StrategyName } from './explore/options.js';
export type { Bounds, Coverage, Report, Verdict } from './explore/report.js';
export {
  ReplayError,
  type ReplayedExecution as Execution,
  type ReplayOptions,
  replay,
} from './replay/replay.js';
export type { Minimization, Violation } from './replay/violation.js';
export { type Minimized, minimize } from './shrink/minimize.js';
export type { MinimizeOptions, MinimizeProgress } from './shrink/options.js';
export type { Atomic } from './sim/atomic.js';
export type { Block } from './sim/block.js';
export type { Clock, Timer } from './sim/clock.js';
export type { Condition } from './sim/condition.js';
export type { ThreadHandle } from './sim/control.js';
export type { SimEvent } from './sim/event.js';
export type { Mutex } from './sim/mutex.js';
export type { Plain } from './sim/plain.js';
export type { Rcu } from './sim/rcu.js';
export type { Refcount } from './sim/refcount.js';
export type { RwLock } from './sim/rwlock.js';
export { type Scenario, type ScenarioOptions, scenario } from './sim/scenario.js';
export type { Semaphore } from './sim/semaphore.js';
export type { Message, Sim } from './sim/sim.js';
export { type FailureReportOptions, failureReport } from './testing/failure-report.js';
