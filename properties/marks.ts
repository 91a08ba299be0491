import type { Routine, Semaphore, Sim } from '../src/index.js';

/**
 * What a property remembers of what threads do. A mark is a step, a semaphore's post: marks must conflict with each other for a
 * search that skips equivalent schedules, and must not order the threads that make them, or races between them would be hidden.
 */
export class Marks {
  private readonly made: Semaphore;

  constructor(sim: Sim, name: string) {
    this.made = sim.semaphore(name, 0);
  }

  /** One mark. The change is part of the step: of what the property remembers, which only checks and other marks look at. */
  *make(change: () => void): Routine {
    yield* this.made.mark();
    change();
  }

  /** To be called by every check that looks at what the marks changed: a peek. Returns how many there are. */
  get count(): number {
    return this.made.peek();
  }
}
