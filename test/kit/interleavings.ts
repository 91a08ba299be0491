import { checkInvariants, judgeEnding } from './machine/checks.js';
import { compile, type Machine } from './machine/compile.js';
import { delayCost, isPreemption } from './prefixes.js';
import type { Program } from './program.js';
import { bump, type Options, type Result, ViolationSet } from './result.js';

/** One executed step, with what decides its order among others. */
interface Event {
  readonly thread: number;
  /** Its place among the events of its thread. */
  readonly index: number;
  readonly branch: number;
  readonly touched: readonly number[];
  readonly writes: readonly boolean[];
  readonly spawned: number;
  readonly joined: number;
}

interface TraceInfo {
  preemptions: number;
  failing: boolean;
  deadlock: boolean;
}

/**
 * Runs every interleaving, one after the other. It shares the meaning of the steps with `exploreTraces`, but not the
 * idea of what a trace is: here it is written out from the finished execution, by comparing all pairs of events.
 */
export function exploreInterleavings(
  program: Program,
  options: Options = {},
): Result | 'too large' {
  return new PlainSearch(compile(program), options).run();
}

class TooLarge {}

class PlainSearch {
  private readonly machine: Machine;
  private readonly threads: number;
  private readonly limit: number;
  private readonly stop: boolean;
  private readonly schedules: boolean;
  private readonly violations = new ViolationSet();
  private readonly finals = new Set<string>();
  private readonly traces = new Map<string, TraceInfo>();
  private readonly byPreemptions: number[] = [];
  private readonly byDelays: number[] = [];
  private readonly events: Event[] = [];
  /** The state at each depth. */
  private readonly states: Int32Array[] = [];
  private interleavings = 0;
  private walkFails = 0;

  constructor(machine: Machine, options: Options) {
    this.machine = machine;
    this.threads = machine.threads.length;
    this.limit = options.limit ?? 200_000;
    this.stop = options.stopAtViolation ?? false;
    this.schedules = options.schedules ?? false;
  }

  run(): Result | 'too large' {
    const { machine } = this;
    const found = checkInvariants(machine);
    for (const violation of found) this.violations.add(violation, 0, 0);
    this.states.push(machine.world.s);
    try {
      if (this.stop && found.length > 0) this.finish(0, 0, 1, true, false);
      else this.visit(this.threads, 0, 0, 1);
    } catch (error) {
      if (error instanceof TooLarge) return 'too large';
      throw error;
    }
    return this.result();
  }

  private visit(last: number, preemptions: number, delays: number, chance: number): void {
    const { world } = this.machine;
    const depth = this.events.length;
    const state = this.states[depth] as Int32Array;
    world.s = state;
    const branches = this.machine.threads.map((_, t) => world.branches(t));
    const runnable = branches.filter((count) => count > 0).length;
    if (runnable === 0) {
      this.end(preemptions, delays, chance);
      return;
    }
    branches.forEach((count, thread) => {
      for (let branch = 0; branch < count; branch++) {
        const next = (this.states[depth + 1] ??= new Int32Array(state.length));
        next.set(state);
        world.s = next;
        this.take(
          thread,
          branch,
          preemptions + (isPreemption(branches, last, thread) ? 1 : 0),
          delays + delayCost(branches, last, thread),
          chance / (runnable * count),
        );
      }
    });
  }

  private take(
    thread: number,
    branch: number,
    preemptions: number,
    delays: number,
    chance: number,
  ): void {
    const { world } = this.machine;
    world.step(thread, branch);
    const index = this.events.filter((event) => event.thread === thread).length;
    const { spawned, joined } = world;
    const touched = [...world.touched];
    const writes = [...world.writes];
    const found = [...world.violations, ...checkInvariants(this.machine)];
    this.events.push({ thread, index, branch, touched, writes, spawned, joined });
    for (const violation of found) this.violations.add(violation, preemptions, this.events.length);
    if (this.stop && found.length > 0) this.finish(preemptions, delays, chance, true, false);
    else this.visit(thread, preemptions, delays, chance);
    this.events.pop();
  }

  private end(preemptions: number, delays: number, chance: number): void {
    const { world } = this.machine;
    const ending = judgeEnding(this.machine);
    for (const violation of ending.violations) {
      this.violations.add(violation, preemptions, this.events.length);
    }
    if (ending.final !== undefined) this.finals.add(ending.final);
    const { layout } = world;
    const failed = world.get(layout.failed) !== 0 || world.get(layout.broken) !== 0;
    const failing = failed || ending.violations.length > 0;
    this.finish(preemptions, delays, chance, failing, ending.deadlock);
  }

  private finish(
    preemptions: number,
    delays: number,
    chance: number,
    failing: boolean,
    deadlock: boolean,
  ): void {
    this.interleavings++;
    if (this.interleavings > this.limit) throw new TooLarge();
    if (failing) this.walkFails += chance;
    bump(this.byPreemptions, preemptions);
    bump(this.byDelays, delays);
    const trace = writeOut(this.events);
    const info = this.traces.get(trace);
    if (info === undefined) this.traces.set(trace, { preemptions, failing, deadlock });
    else {
      info.preemptions = Math.min(info.preemptions, preemptions);
      info.failing ||= failing;
      info.deadlock ||= deadlock;
    }
  }

  private result(): Result {
    const tracesByPreemptions: number[] = [];
    let deadlocks = 0;
    let failing = 0;
    for (const info of this.traces.values()) {
      bump(tracesByPreemptions, info.preemptions);
      if (info.deadlock) deadlocks++;
      if (info.failing) failing++;
    }
    return {
      interleavings: this.interleavings,
      traces: this.traces.size,
      deadlocks,
      failing,
      violations: this.violations.sorted(),
      finals: [...this.finals].sort(),
      tracesByPreemptions,
      ...(this.schedules ? { schedulesByPreemptions: this.byPreemptions } : {}),
      ...(this.schedules && this.machine.fixedThreads ? { schedulesByDelays: this.byDelays } : {}),
      walkFails: this.walkFails,
    };
  }
}

/** The dependence graph of an execution: each event with its branch and the events of others it must come after. */
function writeOut(events: readonly Event[]): string {
  const lines = events.map((event, at) => {
    const before = events
      .slice(0, at)
      .filter((other) => other.thread !== event.thread && dependent(other, event))
      .map((other) => `${String(other.thread)}.${String(other.index)}`)
      .sort();
    const name = `${String(event.thread)}.${String(event.index)}`;
    return `${name}=${String(event.branch)}<${before.join(',')}`;
  });
  return lines.sort().join(';');
}

function dependent(first: Event, second: Event): boolean {
  if (first.spawned === second.thread || second.joined === first.thread) return true;
  return first.touched.some((object, i) => {
    const at = second.touched.indexOf(object);
    return at >= 0 && (first.writes[i] === true || second.writes[at] === true);
  });
}
