import type { ExecutionView } from '../../engine/scheduler.js';
import type { SimThread } from '../../engine/thread.js';
import type { Order } from './order.js';
import type { Waiting } from './races.js';
import type { Access } from './step.js';
import type { WakeupNode } from './wakeup.js';

/** What is known at one depth of the execution under way. */
export interface Node {
  /** Steps that are to be explored here after the present one, and what is to follow them. */
  children: WakeupNode[];
  /** Steps that need not be taken here, because all that begins with them was explored. */
  sleep: Access[];
  /** Depths of the steps that the step taken here is in a race with. */
  races: number[];
  /** Who waits here for a condition that does not hold; not known where the search went on from a saved one. */
  readonly waiting: readonly Waiting[];
  /** How many steps in a row, up to here, were of one thread. */
  readonly inARow: number;
}

export const nobody: readonly Waiting[] = [];

export function isEnabled(view: ExecutionView, thread: SimThread): boolean {
  for (let i = 0; i < view.enabledCount; i++) if (view.enabled[i] === thread) return true;
  return false;
}

/** Who waits for a condition that does not hold. */
export function waitingIn(view: ExecutionView, order: Order): readonly Waiting[] {
  let found: Waiting[] | undefined;
  for (const thread of view.threads) {
    if (thread.pending?.kind.conditional !== true || isEnabled(view, thread)) continue;
    found ??= [];
    found.push({ thread: thread.id, sequence: order.countOf(thread.id) + 1 });
  }
  return found ?? nobody;
}

/**
 * How many of the steps just before a depth were of one thread.
 *
 * @param before - the same at the depth before
 */
export function stepsInARow({ steps }: Order, depth: number, before: number): number {
  if (depth === 0) return 0;
  return steps[depth - 1]?.thread === steps[depth - 2]?.thread ? before + 1 : 1;
}
