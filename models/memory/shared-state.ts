import type { Atomic, Block, Routine } from '../../src/index.js';

/** Two numbers that belong together, as a base address and a limit do. */
export interface Pair {
  readonly base: number;
  readonly limit: number;
}

/** What callbacks read of a device while others may change it. */
export interface SharedState {
  /** What a callback reads. */
  readonly read: () => Routine<Pair>;
  /** Changes it, in as many steps as it takes. */
  readonly change: (pair: Pair) => Routine;
}

/** Each number for itself: in the middle of a change they do not belong together. */
export class SharedInPlace implements SharedState {
  private readonly base: Atomic<number>;
  private readonly limit: Atomic<number>;

  constructor(block: Block, name: string) {
    this.base = block.atomic(`${name}.base`, 0);
    this.limit = block.atomic(`${name}.limit`, 0);
  }

  *read(): Routine<Pair> {
    return { base: yield* this.base.load(), limit: yield* this.limit.load() };
  }

  *change({ base, limit }: Pair): Routine {
    yield* this.base.store(base);
    yield* this.limit.store(limit);
  }
}

/**
 * A pointer to a copy that never changes: a change makes another copy and publishes it. The memory of old copies is not modelled; it goes
 * after a grace period.
 */
export class SharedByCopy implements SharedState {
  private readonly copy: Atomic<Pair>;

  constructor(block: Block, name: string) {
    this.copy = block.atomic<Pair>(name, { base: 0, limit: 0 });
  }

  *read(): Routine<Pair> {
    return yield* this.copy.load();
  }

  *change(pair: Pair): Routine {
    yield* this.copy.store(pair);
  }
}
