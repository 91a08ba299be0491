import type { Plain, Routine, Sim } from '../../src/index.js';
import type { QomObject } from './object.js';

/**
 * A global pointer to the one instance of a type: it holds no reference by itself.
 *
 * Upstream these pointers are ordinary variables, read and written without any annotation, so the model's is `plain`: who reads one
 * while another thread may change it has a data race, and C then promises nothing. What compilers make of such a read is one load
 * all the same, and what goes wrong behind it (a stale pointer followed into freed memory) must not be hidden by the race in front
 * of it. So a read without the protecting lock is explored both ways.
 */
export class CurrentInstance {
  private readonly sim: Sim;
  private readonly pointer: Plain<QomObject | undefined>;

  constructor(sim: Sim, name: string) {
    this.sim = sim;
    this.pointer = sim.plain<QomObject | undefined>(name, undefined);
  }

  /** A read as C defines it. */
  *read(): Routine<QomObject | undefined> {
    return yield* this.pointer.read();
  }

  /** A read by a thread that does not hold the lock: as C defines it, or as it is compiled. */
  *readUnlocked(): Routine<QomObject | undefined> {
    const asCompiled = (yield* this.sim.choose(2, 'a single load, or a race in C')) === 0;
    return asCompiled ? yield* this.load() : yield* this.pointer.read();
  }

  *write(object: QomObject | undefined): Routine {
    yield* this.pointer.write(object);
  }

  /** The value, without a step: where peeks are allowed. */
  peek(): QomObject | undefined {
    return this.pointer.peek();
  }

  /** One load of which C says nothing: a condition only looks, and is no access in the sense of races. */
  private *load(): Routine<QomObject | undefined> {
    let seen: QomObject | undefined;
    const look = () => {
      seen = this.pointer.peek();
      return true;
    };
    yield* this.sim.until(look, 'a load');
    return seen;
  }
}
