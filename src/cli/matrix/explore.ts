import { availableParallelism } from 'node:os';
import type { Family, ScenarioEntry } from '../../../scenarios/entry.js';
import { combine, type GivenOptions } from '../explore-one.js';
import { type Simplify, simplestOfKinds } from '../minimize-one.js';
import { explorerFor } from '../parallel/explorers.js';
import type { Explored as ExploredScenario } from '../run/here.js';
import type { Planned } from '../run/plan.js';
import type { Terminal } from '../terminal.js';
import type { Cell } from './cell.js';
import type { Explored } from './layout.js';

/** How much to look at. */
export interface Effort {
  /** Executions of a cell, unless its own options say so (default 20 000); `Infinity` for all, whatever these say. */
  readonly executions?: number;
  /** Failing executions after which the search of a cell stops (default: the cell's own). */
  readonly stopAfter?: number;
  /** Milliseconds for a cell. */
  readonly timeLimitMs?: number;
  /** Milliseconds for all cells together: each gets a share of what is left. */
  readonly totalMs?: number;
  /** Which failures are made simpler (default: the simplest of each kind). */
  readonly simplify?: Simplify;
  /** Threads (default: as many as there are processors). */
  readonly workers?: number;
}

/** What was found, family by family. */
export interface Found {
  readonly families: readonly Explored[];
  /** Cells that were not explored because the user interrupted. */
  readonly missing: number;
}

const defaultExecutions = 20_000;
/** No cell may use more than so many times its share of what is left. */
const largestShare = 4;

/** Explores every cell of some families: the same result whatever the number of threads, if time sets no limit. */
export async function exploreFamilies(
  families: readonly Family[],
  effort: Effort,
  terminal: Terminal,
): Promise<Found> {
  const entries = families.flatMap((family) => family.entries);
  const workers = effort.workers ?? availableParallelism();
  const clock = new SharedTime(effort.totalMs, entries.length, workers);
  const planned = entries.map((entry) => plan(entry, effort, clock));
  const explorer = explorerFor(planned, [], { workers }, terminal);
  const cells: Cell[] = [];
  try {
    for (const [i, entry] of entries.entries()) {
      const explored = await explorer.explore(i);
      if (explored === undefined) break;
      cells.push(cellOf(entry, explored));
    }
  } finally {
    await explorer.close();
  }
  const explored = families.map((family) => ({
    family,
    cells: cells.filter(({ entry }) => family.entries.includes(entry)),
  }));
  return { families: explored, missing: entries.length - cells.length };
}

function plan(entry: ScenarioEntry, effort: Effort, clock: SharedTime): Planned {
  const { executions, stopAfter, timeLimitMs, simplify = 'kinds' } = effort;
  const own = { maxExecutions: defaultExecutions, ...entry.options };
  const given: GivenOptions = {
    // Neither verdicts nor reports depend on the seed of an exhaustive search.
    seed: 0,
    ...(executions !== undefined && { maxExecutions: executions }),
    ...(stopAfter !== undefined && { stopAfter }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
  };
  const selected = { ...entry, options: own };
  const planned: Planned = { selected, options: combine(selected, given), simplify };
  return effort.totalMs === undefined
    ? planned
    : { ...planned, timeLimitMs: () => clock.share(timeLimitMs) };
}

function cellOf(entry: ScenarioEntry, { found, simpler }: ExploredScenario): Cell {
  const simplest = new Map(found.violations.map((violation, i) => [violation, simpler[i]]));
  const examples = simplestOfKinds(found.violations).map((each) => simplest.get(each) ?? each);
  return { entry, report: found, examples };
}

/** Time that several searches share. */
class SharedTime {
  private readonly deadline: number;
  private readonly workers: number;
  private left: number;

  constructor(totalMs: number | undefined, searches: number, workers: number) {
    this.deadline = performance.now() + (totalMs ?? 0);
    this.left = searches;
    this.workers = workers;
  }

  /** The milliseconds that the next search may use. */
  share(most = Infinity): number {
    const time = Math.max(1, this.deadline - performance.now());
    const share = (time * this.workers * largestShare) / Math.max(1, this.left--);
    return Math.min(most, time, share);
  }
}
