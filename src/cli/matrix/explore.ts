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
  /** Milliseconds for all cells together, explored in this order: what is left when its turn comes is for the next. */
  readonly totalMs?: number;
  /** As in `search` (default false). */
  readonly brief?: boolean;
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

/** Explores every cell of some families: the same result whatever the number of threads, if time sets no limit. */
export async function exploreFamilies(
  families: readonly Family[],
  effort: Effort,
  terminal: Terminal,
): Promise<Found> {
  const entries = families.flatMap((family) => family.entries);
  const workers = effort.workers ?? availableParallelism();
  const deadline = performance.now() + (effort.totalMs ?? Infinity);
  const planned = entries.map((entry) => plan(entry, effort, deadline));
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

function plan(entry: ScenarioEntry, effort: Effort, deadline: number): Planned {
  const { executions, stopAfter, timeLimitMs, simplify = 'kinds', brief = false } = effort;
  const own = { maxExecutions: defaultExecutions, ...entry.options };
  const given: GivenOptions = {
    // Neither verdicts nor reports depend on the seed of an exhaustive search.
    seed: 0,
    ...(executions !== undefined && { maxExecutions: executions }),
    ...(stopAfter !== undefined && { stopAfter }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
  };
  const selected = { ...entry, options: own };
  const planned: Planned = { selected, options: combine(selected, given), simplify, brief };
  if (effort.totalMs === undefined) return planned;
  const left = (): number => Math.max(1, deadline - performance.now());
  return { ...planned, timeLimitMs: () => Math.min(timeLimitMs ?? Infinity, left()) };
}

function cellOf(entry: ScenarioEntry, { found, simpler }: ExploredScenario): Cell {
  const simplest = new Map(found.violations.map((violation, i) => [violation, simpler[i]]));
  const examples = simplestOfKinds(found.violations).map((each) => simplest.get(each) ?? each);
  return { entry, report: found, examples };
}
