import type { Plain, Routine, Sim } from '../../src/index.js';
import type { QomObject } from './object.js';

/** A way to read a pointer. */
export type PointerRead = () => Routine<QomObject | undefined>;

/**
 * A global pointer to the one instance of a type: it holds no reference by itself.
 *
 * Upstream these pointers are ordinary variables, read and written without any annotation, so the model's is `plain`: who reads one
 * while another thread may change it has a data race, and C then promises nothing. What compilers make of such a read is one load
 * all the same, and what goes wrong behind it (a stale pointer followed into freed memory) must not be hidden by the race in front
 * of it. So the reads of a thread without the protecting lock are explored both ways.
 */
export class CurrentInstance {
  readonly name: string;
  private readonly sim: Sim;
  private readonly pointer: Plain<QomObject | undefined>;

  constructor(sim: Sim, name: string) {
    this.name = name;
    this.sim = sim;
    this.pointer = sim.plain<QomObject | undefined>(name, undefined);
  }

  /** A read as C defines it. */
  *read(): Routine<QomObject | undefined> {
    return yield* this.pointer.read();
  }

  /** Reads the pointer and follows it at once: a crash if there is nothing. */
  *follow(): Routine<QomObject> {
    const { name } = this.pointer;
    return (yield* this.pointer.read()) ?? this.sim.fail(`I11: NULL ${name} was followed`);
  }

  /** How a thread without the lock reads, from here on: as compiled, or as C defines it. */
  *unlockedRead(): Routine<PointerRead> {
    const asCompiled = (yield* this.sim.choose(2, 'single loads, or races in C')) === 0;
    return asCompiled ? () => this.load() : () => this.read();
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
