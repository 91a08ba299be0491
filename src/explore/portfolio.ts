import type { ExecutionView } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import type { Strategy } from './strategy.js';

/**
 * Several randomised strategies in turn, for who does not know which suits. Which one finds a bug soonest differs by factors of
 * hundreds from bug to bug; so many strategies in turn need at most so many times the executions of the best of them.
 *
 * Execution i is execution i of strategy i modulo their number.
 */
export class Portfolio implements Strategy {
  readonly exhaustive: boolean = false;
  private readonly members: readonly Strategy[];
  private current: Strategy;

  constructor(members: readonly [Strategy, ...Strategy[]]) {
    this.members = members;
    this.current = members[0];
  }

  begin(index: number): boolean {
    this.current = this.members[index % this.members.length] as Strategy;
    return this.current.begin(index);
  }

  restart(): void {
    this.current.restart?.();
  }

  pick(view: ExecutionView): SimThread | undefined {
    return this.current.pick(view);
  }

  branch(view: ExecutionView, thread: SimThread, count: number): number {
    return this.current.branch(view, thread, count);
  }
}
