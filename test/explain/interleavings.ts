import type { Event } from '../../src/engine/recorder.js';
import { Recorder } from '../../src/engine/recorder.js';
import type { ExecutionView, Scheduler } from '../../src/engine/scheduler.js';
import { Session } from '../../src/engine/session.js';
import type { SimThread } from '../../src/engine/thread.js';
import { DepthFirst } from '../../src/explore/dfs.js';
import type { Fact, Scenario, StepName } from '../../src/index.js';
import { run } from '../../src/sim/run.js';

/** One interleaving: what happened in which order, what failed, and how likely a random walk is to take it. */
export interface Interleaving {
  readonly events: readonly Event[];
  /** Which way each event went, from 0; -1 where there was none to go. */
  readonly ways: readonly number[];
  readonly failures: readonly string[];
  readonly chance: number;
}

/** Multiplies what a random walk draws. */
class Chance implements Scheduler {
  readonly inner: DepthFirst;
  chance = 1;
  ways: number[] = [];
  private none = false;

  constructor(inner: DepthFirst) {
    this.inner = inner;
  }

  pick(view: ExecutionView): SimThread {
    this.chance /= view.enabledCount;
    const thread = this.inner.pick(view);
    const op = thread.pending!;
    this.none = op.kind.branches?.(op, thread) === 0;
    return thread;
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    this.chance /= count;
    return this.inner.branch(view, thread, count);
  }

  stepped(_view: ExecutionView, _thread: SimThread, branch: number): void {
    this.ways.push(this.none ? -1 : branch);
  }

  restart(): void {
    this.inner.restart();
    this.chance = 1;
    this.ways = [];
  }
}

export const failureName = ({ kind, property }: { kind: string; property: string }): string =>
  `${kind}: ${property}`;

/** Every interleaving, each beyond its first failure; undefined when there are more than the limit. */
export function interleavingsOf(scenario: Scenario, limit: number): Interleaving[] | undefined {
  const all: Interleaving[] = [];
  const search = new DepthFirst({ preemptions: undefined, delays: undefined });
  const session = new Session();
  for (let index = 0; search.begin(index); index++) {
    if (index >= limit) return undefined;
    const scheduler = new Chance(search);
    const execution = run(scenario, scheduler, {
      session,
      haltAfter: Infinity,
      recorder: () => new Recorder(false),
    });
    const { chance, ways } = scheduler;
    const failures = execution.findings.map(failureName);
    all.push({ events: execution.recorder?.events ?? [], ways, failures, chance });
  }
  return all;
}

function placeOf(step: StepName, { events }: Interleaving): number {
  let left = step.occurrence;
  return events.findIndex(({ thread, operation, object, label }) => {
    const same = thread === step.thread && operation === step.operation && object === step.object;
    if (!same || (step.label !== '' && !label.startsWith(step.label))) return false;
    return --left === 0;
  });
}

/** Whether a fact is so in an interleaving, read as its documentation says. */
export function isSo(fact: Fact, interleaving: Interleaving): boolean {
  const at = placeOf(fact.step, interleaving);
  switch (fact.relation) {
    case 'happens':
      return at >= 0;
    case 'never':
      return at < 0;
    case 'gives': {
      if (at < 0) return false;
      const way = interleaving.ways[at]!;
      return fact.step.operation === 'choose' ? way === fact.value : way + 1 === fact.value;
    }
    case 'before': {
      const other = placeOf(fact.other!, interleaving);
      return at >= 0 && (other < 0 || at < other);
    }
  }
}
