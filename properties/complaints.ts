import type { Routine, Sim } from '../src/index.js';
import { Marks } from './marks.js';

/** What threads find out themselves and what breaks a property, while they go on: nothing else is hidden by it. */
export class Complaints {
  private readonly marks: Marks;
  private first = '';

  /** @param property - what fails at the first complaint */
  constructor(sim: Sim, property: string) {
    this.marks = new Marks(sim, property);
    sim.invariant(property, () => {
      sim.assert(this.marks.count === 0, () => `${property}: ${this.first}`);
    });
  }

  *raise(text: string): Routine {
    yield* this.marks.make(() => {
      if (this.first === '') this.first = text;
    });
  }
}
