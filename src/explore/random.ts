import type { ExecutionView } from '../engine/scheduler.js';
import type { SimThread } from '../engine/thread.js';
import type { Strategy } from './strategy.js';
import { Stream } from './stream.js';

/**
 * A random walk: at each step every thread that can run is equally likely, and so is every value of a choice. Not uniform over
 * executions: those with few runnable threads are more likely.
 */
export class RandomWalk implements Strategy {
  readonly exhaustive: boolean = false;
  private readonly stream: Stream;
  private index = 0;

  constructor(seed: string | number) {
    this.stream = new Stream(seed, 'random');
  }

  begin(index: number): boolean {
    this.index = index;
    this.stream.begin(index);
    return true;
  }

  restart(): void {
    this.stream.begin(this.index);
  }

  pick(view: ExecutionView): SimThread {
    return view.enabled[this.stream.below(view.enabledCount)] as SimThread;
  }

  branch(_view: ExecutionView, _thread: SimThread, count: number): number {
    return this.stream.below(count);
  }
}
