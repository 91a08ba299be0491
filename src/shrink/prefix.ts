import type { TraceStep } from '../explore/trace.js';

/**
 * Names for the steps of executions: a step is known by its thread, its way and the steps that must come before it. Two steps of
 * two executions have the same name exactly when the same led to them, in whatever order; so the newest step of each thread
 * tells what state an execution is in.
 */
export class StepNames {
  private readonly names = new Map<string, number>();

  /** @param before - the names of the steps that must come before it */
  of({ thread, branch }: TraceStep, before: readonly number[]): number {
    const key = `${thread}-${branch}-${[...before].sort((a, b) => a - b).join()}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = this.names.size;
    this.names.set(key, name);
    return name;
  }
}

/** The beginning of the execution under way, as the trace that it is one order of. */
export class Prefix {
  private readonly allNames: StepNames;
  /** Names of the steps so far, and of the newest of each thread by identity. */
  private readonly names: number[] = [];
  private readonly newest: number[] = [];

  constructor(names: StepNames) {
    this.allNames = names;
  }

  /** Takes in what came since it was last asked. */
  extend(steps: readonly TraceStep[]): void {
    for (let i = this.names.length; i < steps.length; i++) {
      const step = steps[i] as TraceStep;
      const before = step.after.map((each) => this.names[each] as number);
      const name = this.allNames.of(step, before);
      this.names.push(name);
      this.newest[step.thread] = name;
    }
  }

  /** The same text exactly for prefixes that are orders of the same trace. */
  key(): string {
    return this.newest.join();
  }
}
