import type { Mode } from '../../engine/footprint.js';
import type { ExecutionView, Scheduler } from '../../engine/scheduler.js';
import type { SimThread } from '../../engine/thread.js';
import { PrefixDiffers } from '../strategy.js';
import type { Access } from './step.js';
import type { WakeupNode } from './wakeup.js';

/** An access, short: a search has many. */
export type SavedAccess = readonly [
  thread: number,
  branch: number,
  spawned: number,
  joined: number,
  objects: readonly number[],
  modes: readonly number[],
];

/**
 * Wakeup trees in preorder, each node with the number of its children: as deep as executions are long, they would exhaust the stack of
 * whoever reads or writes them nested.
 */
export type SavedTrees = readonly (readonly [access: SavedAccess, children: number])[];

/** What is known at one depth. */
export interface SavedNode {
  readonly children: SavedTrees;
  readonly sleep: readonly SavedAccess[];
  readonly races: readonly number[];
}

/** What conditions were seen to look at. */
export interface SavedConditions {
  readonly invariants: readonly SavedWatched[];
  readonly untils: readonly (readonly [thread: number, watched: SavedWatched])[];
  /** The conditions that look at an object, in the order in which they first did. */
  readonly watchers: readonly (readonly [object: number, conditions: readonly number[]])[];
}

/** The identity of a condition, and the objects that it was seen to look at. */
export type SavedWatched = readonly [id: number, objects: readonly number[]];

/** A step of the path that the next execution repeats: by order of creation of its thread. */
export type SavedStep = readonly [thread: number, branch: number];

/**
 * `OptimalDpor` between two executions. Clocks, footprints and accesses by object are not saved: executing the path again gives them.
 */
export interface SavedOptimal {
  readonly search: 'optimal';
  readonly path: readonly SavedStep[];
  readonly nodes: readonly SavedNode[];
  /** The subtree that the next execution follows after the path: none, or one tree. */
  readonly chosen: SavedTrees;
  readonly afresh: boolean;
  readonly conditions: SavedConditions;
}

/** `BoundedDpor` between two executions. */
export interface SavedBounded {
  readonly search: 'bounded';
  /** Which of its options is to be taken at each place of the next execution. */
  readonly choices: readonly number[];
  /** Descriptions of events; the place of each is its number. */
  readonly events: readonly string[];
  readonly arrivals: readonly (readonly [
    prefix: string,
    arrivals: readonly (readonly [running: number, used: number])[],
  ])[];
  readonly ends: readonly string[];
}

/** The short form of an access. */
export function saveAccess(access: Access): SavedAccess {
  const { thread, branch, spawned, joined, objects, modes } = access;
  return [thread, branch, spawned, joined, [...objects], [...modes]];
}

/** The access of a short form. */
export function restoreAccess(saved: SavedAccess): Access {
  const [thread, branch, spawned, joined, objects, modes] = saved;
  return { thread, branch, objects, modes: modes as readonly Mode[], spawned, joined };
}

/** Wakeup trees, flat. */
export function saveTrees(trees: readonly WakeupNode[]): SavedTrees {
  const saved: [SavedAccess, number][] = [];
  const waiting = [...trees].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    saved.push([saveAccess(node), node.children.length]);
    waiting.push(...[...node.children].reverse());
  }
  return saved;
}

/** The wakeup trees of a flat form. */
export function restoreTrees(saved: SavedTrees): WakeupNode[] {
  const trees: WakeupNode[] = [];
  const open: { children: WakeupNode[]; missing: number }[] = [];
  for (const [access, count] of saved) {
    while (open[open.length - 1]?.missing === 0) open.pop();
    const parent = open[open.length - 1];
    const node: WakeupNode = { ...restoreAccess(access), children: [] };
    (parent?.children ?? trees).push(node);
    if (parent !== undefined) parent.missing--;
    open.push({ children: node.children, missing: count });
  }
  return trees;
}

/** Takes the steps of a path and ends there. */
export class Path implements Scheduler {
  private readonly path: readonly SavedStep[];
  private readonly search: PathSink;

  constructor(path: readonly SavedStep[], search: PathSink) {
    this.path = path;
    this.search = search;
  }

  pick(view: ExecutionView): SimThread | undefined {
    const step = this.path[view.steps];
    if (step === undefined) return undefined;
    this.search.offered(view, 1);
    for (let i = 0; i < view.enabledCount; i++) {
      const thread = view.enabled[i] as SimThread;
      if (thread.index === step[0]) return thread;
    }
    throw new PrefixDiffers(`step ${view.steps + 1} cannot be taken again`);
  }

  branch(view: ExecutionView, _thread: SimThread, count: number): number {
    this.search.offered(view, count);
    return Math.min((this.path[view.steps] as SavedStep)[1], count - 1);
  }

  stepped(view: ExecutionView, thread: SimThread, branch: number): void {
    this.search.stepped(view, thread, branch);
  }
}

/** Who wants to know the steps of a path. */
export interface PathSink {
  /** Before a step: in how many ways it can go. */
  offered(view: ExecutionView, ways: number): void;
  stepped(view: ExecutionView, thread: SimThread, branch: number): void;
}
