import { checkInvariants, judgeEnding } from './machine/checks.js';
import { compile, type Machine } from './machine/compile.js';
import type { Program } from './program.js';
import { bump, type Options, type Result, ViolationSet } from './result.js';

/** What is known about the ways that lead to one state, by the thread that made the last step. */
interface Node {
  s: Int32Array;
  /** Least preemptions by last thread (the last entry is for the start); -1 where there is no way. */
  readonly cost: number[];
  /** How many interleavings lead here, and with which probability a random walk does. */
  paths: number;
  chance: number;
  /** By last thread: how many interleavings have exactly c preemptions, or cost exactly c delays. */
  readonly preemptions: number[][];
  readonly delays: number[][];
}

interface TraceInfo {
  preemptions: number;
  failing: boolean;
  deadlock: boolean;
}

/**
 * Visits every prefix of every Mazurkiewicz trace once, shortest first. Two interleavings with the same prefix trace
 * are in the same state and have the same continuations, so nothing is lost; all that differs between them is what
 * they cost, and costs are carried along: minima and sums over the ways into a state.
 */
export function exploreTraces(program: Program, options: Options = {}): Result | 'too large' {
  return new PrefixSearch(compile(program), options).run();
}

class PrefixSearch {
  private readonly machine: Machine;
  private readonly threads: number;
  private readonly limit: number;
  private readonly stop: boolean;
  private readonly schedules: boolean;
  private readonly violations = new ViolationSet();
  private readonly finals = new Set<string>();
  private readonly traces = new Map<number, TraceInfo>();
  private readonly byPreemptions: number[] = [];
  private readonly byDelays: number[] = [];
  private readonly spare: Int32Array[] = [];
  private layer = new Map<number, Node>();
  private steps = 0;
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
    this.begin();
    let visited = 0;
    let nodes = [...this.layer.values()];
    while (nodes.length > 0) {
      visited += nodes.length;
      if (visited > this.limit) return 'too large';
      this.layer = new Map();
      for (const node of nodes) {
        this.expand(node);
        this.spare.push(node.s);
      }
      this.steps++;
      nodes = [...this.layer.values()];
    }
    return this.result();
  }

  private begin(): void {
    const { world } = this.machine;
    const start = this.newNode(world.s);
    const none = this.threads;
    start.cost[none] = 0;
    start.paths = 1;
    start.chance = 1;
    start.preemptions[none]?.push(1);
    start.delays[none]?.push(1);
    const found = checkInvariants(this.machine);
    for (const violation of found) this.violations.add(violation, 0, 0);
    if (this.stop && found.length > 0) this.finish(start, true, false);
    else this.layer.set(this.key(), start);
  }

  private newNode(s: Int32Array): Node {
    const empty = (): number[][] =>
      this.schedules ? Array.from({ length: this.threads + 1 }, () => []) : [];
    return {
      s,
      cost: new Array<number>(this.threads + 1).fill(-1),
      paths: 0,
      chance: 0,
      preemptions: empty(),
      delays: empty(),
    };
  }

  /** Invariants that failed on the way make a difference, because a failed one is not evaluated again. */
  private key(): number {
    const { world } = this.machine;
    return world.interner.pair(world.trace(), world.get(world.layout.broken));
  }

  private expand(node: Node): void {
    const { world } = this.machine;
    world.s = node.s;
    const branches: number[] = [];
    let runnable = 0;
    for (let t = 0; t < this.threads; t++) {
      const count = world.branches(t);
      branches.push(count);
      if (count > 0) runnable++;
    }
    if (runnable === 0) {
      this.end(node);
      return;
    }
    for (let t = 0; t < this.threads; t++) {
      const count = branches[t] as number;
      for (let branch = 0; branch < count; branch++) {
        this.follow(node, branches, t, branch, node.chance / (runnable * count));
      }
    }
  }

  private follow(
    node: Node,
    branches: readonly number[],
    thread: number,
    branch: number,
    chance: number,
  ): void {
    const { world } = this.machine;
    const scratch = this.spare.pop() ?? new Int32Array(node.s.length);
    scratch.set(node.s);
    world.s = scratch;
    world.step(thread, branch);
    let failed = world.violations.length > 0;
    const cost = this.cheapest(node, branches, thread);
    for (const violation of world.violations) this.violations.add(violation, cost, this.steps + 1);
    if (this.machine.invariants.length > 0) {
      for (const violation of checkInvariants(this.machine)) {
        this.violations.add(violation, cost, this.steps + 1);
        failed = true;
      }
    }
    const over = this.stop && failed;
    const key = this.key();
    const known = over ? undefined : this.layer.get(key);
    const child = known ?? this.newNode(scratch);
    child.paths += node.paths;
    child.chance += chance;
    const old = child.cost[thread] as number;
    if (old < 0 || cost < old) child.cost[thread] = cost;
    if (this.schedules) this.carry(node, child, branches, thread);
    if (known !== undefined) this.spare.push(scratch);
    else if (over) {
      this.finish(child, true, false);
      this.spare.push(scratch);
    } else this.layer.set(key, child);
  }

  /** The least preemptions over all ways into the node, this step included. */
  private cheapest(node: Node, branches: readonly number[], thread: number): number {
    let best = -1;
    for (let last = 0; last <= this.threads; last++) {
      const before = node.cost[last] as number;
      if (before < 0) continue;
      const cost = before + (isPreemption(branches, last, thread) ? 1 : 0);
      if (best < 0 || cost < best) best = cost;
    }
    return best;
  }

  private carry(node: Node, child: Node, branches: readonly number[], thread: number): void {
    for (let last = 0; last <= this.threads; last++) {
      const more = isPreemption(branches, last, thread) ? 1 : 0;
      const delay = delayCost(branches, last, thread);
      node.preemptions[last]?.forEach((count, c) => {
        bump(child.preemptions[thread] as number[], c + more, count);
      });
      node.delays[last]?.forEach((count, c) => {
        bump(child.delays[thread] as number[], c + delay, count);
      });
    }
  }

  private end(node: Node): void {
    const { world } = this.machine;
    const ending = judgeEnding(this.machine);
    const cost = Math.min(...node.cost.filter((c) => c >= 0));
    for (const violation of ending.violations) this.violations.add(violation, cost, this.steps);
    if (ending.final !== undefined) this.finals.add(ending.final);
    const { layout } = world;
    const failed = world.get(layout.failed) !== 0 || world.get(layout.broken) !== 0;
    this.finish(node, failed || ending.violations.length > 0, ending.deadlock);
  }

  /** Counts the maximal executions that end in the world's state. */
  private finish(node: Node, failing: boolean, deadlock: boolean): void {
    const preemptions = Math.min(...node.cost.filter((c) => c >= 0));
    const trace = this.machine.world.trace();
    const info = this.traces.get(trace);
    if (info === undefined) this.traces.set(trace, { preemptions, failing, deadlock });
    else {
      info.preemptions = Math.min(info.preemptions, preemptions);
      info.failing ||= failing;
      info.deadlock ||= deadlock;
    }
    this.interleavings += node.paths;
    if (failing) this.walkFails += node.chance;
    for (const counts of node.preemptions) {
      counts.forEach((count, c) => {
        bump(this.byPreemptions, c, count);
      });
    }
    for (const counts of node.delays) {
      counts.forEach((count, c) => {
        bump(this.byDelays, c, count);
      });
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

/** Whether the last thread could have gone on but another one is taken. At the start there is no last thread. */
export function isPreemption(branches: readonly number[], last: number, thread: number): boolean {
  return last !== thread && last < branches.length && (branches[last] as number) > 0;
}

/** How many threads that can run are passed over, going round from the last thread (at first from thread 0). */
export function delayCost(branches: readonly number[], last: number, thread: number): number {
  const { length } = branches;
  let cost = 0;
  for (let t = last < length ? last : 0; t !== thread; t = (t + 1) % length) {
    if ((branches[t] as number) > 0) cost++;
  }
  return cost;
}
