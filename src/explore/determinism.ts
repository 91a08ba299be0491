import type { Execution } from '../engine/execution.js';
import { Footprint } from '../engine/footprint.js';
import { type Event, Recorder } from '../engine/recorder.js';
import type { Scheduler } from '../engine/scheduler.js';
import { Session } from '../engine/session.js';
import { Playback } from '../replay/playback.js';
import { run } from '../sim/run.js';
import type { Scenario } from '../sim/scenario.js';
import { Stream } from './stream.js';
import { Linearisation, reorder, type TraceStep, TraceWatcher } from './trace.js';

/** A step's thread, for comparison by thread. */
interface Behaviour {
  readonly execution: Execution;
  readonly byThread: ReadonlyMap<number, readonly string[]>;
}

function describe(event: Event): string {
  const object = event.object === '' ? '' : ` ${event.object}`;
  const value = event.value === null ? '' : ` (${String(event.value)})`;
  return `${event.operation}${object}${value}`;
}

/** How an execution fails, unless only an invariant does: it may hold in one order of a trace and not in another. */
function failureOf({ threads, findings }: Execution): string | undefined {
  const failing = threads.find((thread) => thread.violated);
  if (failing !== undefined) return `${failing.name} failed in one of them only`;
  const atTheEnd = findings.find(({ thread }) => thread === '');
  return atTheEnd && `${atTheEnd.kind} "${atTheEnd.property}" in one of them only`;
}

function outcomesDiffer(a: Execution, b: Execution): string | undefined {
  const outcome = ({ steps, ending, findings }: Execution): string =>
    JSON.stringify([steps, ending, findings.map(({ kind, property }) => [kind, property])]);
  return outcome(a) === outcome(b) ? undefined : 'it ended differently';
}

/** Executions before this number are all checked, later ones at every power of two. */
const alwaysCheckedBelow = 4;

/** How thoroughly an execution is checked: the first one the most, for what is shared usually shows there. */
interface Effort {
  /** Whether it is repeated twice with the same choices, or once. */
  readonly twice: boolean;
  /** In how many other orders of the same trace it is repeated. */
  readonly orders: number;
}

function effortFor(index: number): Effort {
  if (index === 0) return { twice: true, orders: 4 };
  return { twice: false, orders: index < alwaysCheckedBelow ? 2 : 1 };
}

/**
 * Looks for nondeterminism that the search cannot see: threads that share state outside operations, or code that asks the outside world.
 * A search that relies on "equal choices, equal behaviour" and "equivalent orders, equal behaviour" would otherwise give verdicts about
 * executions that do not exist.
 *
 * Samples executions and runs each again with the same choices, and in other orders of the same trace; every thread must do the same
 * operations with the same values.
 */
export class DeterminismCheck {
  private readonly scenario: Scenario;
  private readonly maxSteps: number;
  private readonly haltAfter: number;
  private readonly stream: Stream;
  /** One for all repetitions: threads and objects made by threads have the same identity only within a session. */
  private readonly session = new Session();

  /** @param haltAfter - as in the executions to check: where they end depends on it */
  constructor(
    scenario: Scenario,
    { seed, maxSteps, haltAfter }: { seed: string | number; maxSteps: number; haltAfter: number },
  ) {
    this.scenario = scenario;
    this.maxSteps = maxSteps;
    this.haltAfter = haltAfter;
    this.stream = new Stream(seed, 'determinism');
  }

  /** Whether the execution of this number is one of the sample. */
  static samples(index: number): boolean {
    return index < alwaysCheckedBelow || (index & (index - 1)) === 0;
  }

  /** What is wrong, in one sentence; undefined when nothing was found. */
  check(index: number, execution: Execution): string | undefined {
    this.stream.begin(index);
    const schedule = { threads: execution.schedule, branches: execution.branchesTaken };
    const { twice, orders } = effortFor(index);
    // The original did not record events: two repetitions are compared with each other, and their outcome with the original's.
    const first = twice ? this.behave(new Playback(schedule, false), this.haltAfter) : undefined;
    const watcher = new TraceWatcher(new Playback(schedule, false));
    const second = this.behave(watcher, this.haltAfter);
    const unequal =
      (first && (this.difference(first, second) ?? outcomesDiffer(first.execution, execution))) ??
      outcomesDiffer(second.execution, execution);
    if (unequal !== undefined) return `the same choices led to different behaviour: ${unequal}`;
    if (execution.findings.length > 0 || execution.ending === 'cut') return undefined;
    for (let i = 0; i < orders; i++) {
      // The extremes in turn.
      const order = reorder(watcher.steps, this.chooser(i + (index % 2), watcher.steps));
      const linearisation = new Linearisation(order);
      const other = this.behave(linearisation, Infinity);
      const differs =
        this.difference(second, other) ??
        (linearisation.departedAt === undefined ? undefined : 'other operations were possible') ??
        failureOf(other.execution);
      if (differs !== undefined) {
        return `two orders of the same trace led to different behaviour: ${differs}`;
      }
    }
    return undefined;
  }

  /** The extremes first (threads made last go first, threads made first go first), then at random. */
  private chooser(
    number: number,
    steps: readonly TraceStep[],
  ): (candidates: readonly number[]) => number {
    const threadOf = (i: number): number => (steps[i] as TraceStep).thread;
    if (number < 2) {
      const sign = number === 0 ? 1 : -1;
      return (candidates) =>
        candidates.reduce((best, each) =>
          sign * (threadOf(each) - threadOf(best)) > 0 ? each : best,
        );
    }
    return (candidates) => candidates[this.stream.below(candidates.length)] as number;
  }

  private behave(scheduler: Scheduler, haltAfter: number): Behaviour {
    const execution = run(this.scenario, scheduler, {
      session: this.session,
      maxSteps: this.maxSteps,
      haltAfter,
      footprint: new Footprint(),
      recorder: () => new Recorder(false),
    });
    const byThread = new Map<number, string[]>();
    const events = execution.recorder?.events ?? [];
    events.forEach((event, i) => {
      const id = execution.threads[execution.schedule[i] as number]?.id ?? -1;
      const list = byThread.get(id);
      if (list === undefined) byThread.set(id, [describe(event)]);
      else list.push(describe(event));
    });
    return { execution, byThread };
  }

  private difference(a: Behaviour, b: Behaviour): string | undefined {
    for (const id of new Set([...a.byThread.keys(), ...b.byThread.keys()])) {
      const left = a.byThread.get(id) ?? [];
      const right = b.byThread.get(id) ?? [];
      for (let i = 0; i < Math.max(left.length, right.length); i++) {
        if (left[i] === right[i]) continue;
        const thread = [...a.execution.threads, ...b.execution.threads].find((t) => t.id === id);
        return `operation ${i + 1} of ${thread?.name ?? 'a thread'} was "${left[i] ?? 'nothing'}" and then "${right[i] ?? 'nothing'}"`;
      }
    }
    return undefined;
  }
}
