import type { Explored } from '../run/here.js';
import type { Finished, Order } from './messages.js';

/** A search that workers are asked for, and what becomes of its result. */
export interface Task {
  readonly order: Order;
  readonly done: (result: Finished) => void;
}

/** The exploration of one scenario, as tasks for workers. */
export interface Job {
  readonly name: string;
  /** The next task; undefined when there are no more. */
  next(): Task | undefined;
  /** Whether `next` has a task. */
  hasMore(): boolean;
  /** Whether the result is known already, whatever tasks under way still bring. */
  isOver(): boolean;
  /** Whether a task that was handed out is still wanted. */
  wants(task: Task): boolean;
  /** The text about its progress: what a worker says about its task, or more. */
  progress(text: string): string;
  /** The result of the tasks that are done; undefined when there are none. */
  result(): Explored | undefined;
}

/** One task for one worker. */
export class WholeJob implements Job {
  readonly name: string;
  private readonly order: () => Order;
  private begun = false;
  private finished: Explored | undefined = undefined;

  /** @param order - made when its turn comes */
  constructor(name: string, order: () => Order) {
    this.name = name;
    this.order = order;
  }

  next(): Task | undefined {
    if (this.begun) return undefined;
    this.begun = true;
    return {
      order: this.order(),
      done: ({ report: found, shown: report, simpler, failures }) => {
        this.finished = { found, report, simpler, failures };
      },
    };
  }

  hasMore(): boolean {
    return !this.begun;
  }

  isOver(): boolean {
    return this.finished !== undefined;
  }

  wants(): boolean {
    return true;
  }

  progress(text: string): string {
    return text;
  }

  result(): Explored | undefined {
    return this.finished;
  }
}
