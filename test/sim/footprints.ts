import { expect } from 'vitest';
import { Footprint } from '../../src/engine/footprint.js';
import type { ExecutionView, Scheduler } from '../../src/engine/scheduler.js';
import { Session } from '../../src/engine/session.js';
import type { SimThread } from '../../src/engine/thread.js';
import { TraceWatcher } from '../../src/explore/trace.js';
import { type Operation, type Sim, scenario } from '../../src/index.js';
import { run } from '../../src/sim/run.js';

/** Lets the threads with these names go, a step each, then those made first. */
class InOrder implements Scheduler {
  private at = 0;
  private readonly names: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
  }

  pick({ enabled, enabledCount }: ExecutionView): SimThread | undefined {
    const name = this.names[this.at++];
    if (name === undefined) return enabled[0];
    const thread = enabled.slice(0, enabledCount).find((each) => each.name === name);
    expect(thread, `${name} can take step ${this.at}`).toBeDefined();
    return thread;
  }

  branch(): number {
    return 0;
  }

  restart(): void {
    this.at = 0;
  }
}

/** For each step of an execution in the given order of threads: the steps, from 0, that it directly depends on. */
export function dependencies(setup: (sim: Sim) => void, order: readonly string[]): number[][] {
  const watcher = new TraceWatcher(new InOrder(order));
  const options = { session: new Session(), footprint: new Footprint(), haltAfter: Infinity };
  run(scenario('test', setup), watcher, options);
  return watcher.steps.map(({ after }) => [...after].sort((a, b) => a - b));
}

/**
 * Whether the last operation of thread A and the one of thread B depend on each other when A goes first: whether
 * another order of the two is another trace.
 */
export function dependent(
  make: (sim: Sim) => { A: readonly (() => Operation)[]; B: readonly (() => Operation)[] },
): boolean {
  let first = 0;
  const after = dependencies(
    (sim) => {
      const bodies = make(sim);
      first = bodies.A.length;
      for (const name of ['A', 'B'] as const) {
        sim.thread(name, function* () {
          for (const operation of bodies[name]) yield* operation();
        });
      }
    },
    // As many as there are: A runs on until it has ended.
    [],
  );
  return after[first]?.includes(first - 1) ?? false;
}
