import type { Plain, Routine, Sim } from '../../src/index.js';
import { type Read, unlockedRead } from '../unlocked-read.js';
import type { QomObject } from './object.js';

/** A way to read a pointer. */
export type PointerRead = Read<QomObject | undefined>;

/**
 * A global pointer to the one instance of a type: it holds no reference by itself.
 *
 * Upstream these pointers are ordinary variables, read and written without any annotation, so the model's is `plain`. The reads of a
 * thread without the protecting lock are explored as races and as loads, see {@link unlockedRead}.
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
    return yield* unlockedRead(this.sim, this.pointer);
  }

  *write(object: QomObject | undefined): Routine {
    yield* this.pointer.write(object);
  }

  /** The value, without a step: where peeks are allowed. */
  peek(): QomObject | undefined {
    return this.pointer.peek();
  }
}
