import type { Atomic, Block, Routine } from '../../src/index.js';

/** Two halves that belong together. */
export interface Pair {
  readonly high: number;
  readonly low: number;
}

/** What callbacks read of a device while others may change it. */
export interface SharedState {
  /** What a callback reads. */
  readonly read: () => Routine<Pair>;
  /** Changes it, in as many steps as it takes. */
  readonly change: (pair: Pair) => Routine;
}

/** Each half for itself: in the middle of a change they do not belong together. */
export class SharedInPlace implements SharedState {
  private readonly high: Atomic<number>;
  private readonly low: Atomic<number>;

  constructor(block: Block, name: string) {
    this.high = block.atomic(`${name}.high`, 0);
    this.low = block.atomic(`${name}.low`, 0);
  }

  *read(): Routine<Pair> {
    return { high: yield* this.high.load(), low: yield* this.low.load() };
  }

  *change({ high, low }: Pair): Routine {
    yield* this.high.store(high);
    yield* this.low.store(low);
  }
}

/**
 * A pointer to a copy that never changes: a change makes another copy and publishes it. The memory of old copies is not modelled; it goes
 * after a grace period.
 */
export class SharedByCopy implements SharedState {
  private readonly copy: Atomic<Pair>;

  constructor(block: Block, name: string) {
    this.copy = block.atomic<Pair>(name, { high: 0, low: 0 });
  }

  *read(): Routine<Pair> {
    return yield* this.copy.load();
  }

  *change(pair: Pair): Routine {
    yield* this.copy.store(pair);
  }
}
