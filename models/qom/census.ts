import type { Routine, Semaphore, Sim } from '../../src/index.js';
import type { QomObject } from './object.js';

/**
 * The instances of a type, for properties to look at. Models only report births; upstream has nothing like it.
 *
 * A birth is a step, a semaphore's post: it must conflict with other births for a search that skips equivalent schedules, and must
 * not order the threads that give birth, or races between them would be hidden.
 */
export class Census {
  private readonly births: Semaphore;
  private readonly born: QomObject[] = [];

  constructor(sim: Sim, typeName: string) {
    this.births = sim.semaphore(`birth of ${typeName}`, 0);
  }

  /** Reports a birth: from instance_init, where the object begins to be usable. */
  *add(object: QomObject): Routine {
    yield* this.births.mark();
    this.born.push(object);
  }

  /** Every instance made so far: a peek, allowed where peeks are. */
  get all(): readonly QomObject[] {
    return this.born.slice(0, this.births.peek());
  }

  /** Those that are not yet finalized: a peek. */
  get living(): readonly QomObject[] {
    return this.all.filter(({ instance }) => instance.alive);
  }
}
