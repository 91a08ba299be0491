import type { Atomic, Block, Plain, Routine, Sim } from '../../src/index.js';
import type { QdevDesign } from './design.js';

/** The `realized` of a device: written under the big lock. */
export interface RealizedFlag {
  /** A read under the big lock. */
  readonly read: () => Routine<boolean>;
  /** A read without it. */
  readonly look: () => Routine<boolean>;
  readonly write: (value: boolean) => Routine;
}

export function realizedFlag(
  sim: Sim,
  block: Block,
  design: QdevDesign['realizedFlag'],
): RealizedFlag {
  return design === 'ordinary'
    ? new OrdinaryFlag(sim, block.plain('realized', false))
    : new AtomicFlag(block.atomic('realized', false));
}

/** Upstream: qatomic_store_release and qatomic_load_acquire. */
class AtomicFlag implements RealizedFlag {
  private readonly flag: Atomic<boolean>;

  constructor(flag: Atomic<boolean>) {
    this.flag = flag;
  }

  *read(): Routine<boolean> {
    return yield* this.flag.load();
  }

  *look(): Routine<boolean> {
    return yield* this.flag.load();
  }

  *write(value: boolean): Routine {
    yield* this.flag.store(value);
  }
}

/**
 * An ordinary variable. C says nothing of a read without the lock; what compilers make of it is one load that orders nothing, and
 * what goes wrong behind it must not be hidden by the race in front of it.
 */
class OrdinaryFlag implements RealizedFlag {
  private readonly sim: Sim;
  private readonly flag: Plain<boolean>;

  constructor(sim: Sim, flag: Plain<boolean>) {
    this.sim = sim;
    this.flag = flag;
  }

  *read(): Routine<boolean> {
    return yield* this.flag.read();
  }

  *look(): Routine<boolean> {
    let seen = false;
    const peek = () => {
      seen = this.flag.peek();
      return true;
    };
    yield* this.sim.until(peek, `a load of ${this.flag.name}`);
    return seen;
  }

  *write(value: boolean): Routine {
    yield* this.flag.write(value);
  }
}
