import type { Atomic, Block, Plain, Routine } from '../../src/index.js';

/** A register of a device: atomic if its callbacks run without the big lock, ordinary memory otherwise. */
export interface Register {
  readonly read: () => Routine<number>;
  readonly write: (value: number) => Routine;
  /** Without a step, where peeks are allowed. */
  readonly peek: () => number;
}

/** Makes a register as part of a device. */
export function register(block: Block, name: string, lockless: boolean): Register {
  return lockless
    ? new AtomicRegister(block.atomic(name, 0))
    : new PlainRegister(block.plain(name, 0));
}

class AtomicRegister implements Register {
  constructor(private readonly cell: Atomic<number>) {}

  *read(): Routine<number> {
    return yield* this.cell.load();
  }

  *write(value: number): Routine {
    yield* this.cell.store(value);
  }

  peek(): number {
    return this.cell.peek();
  }
}

class PlainRegister implements Register {
  constructor(private readonly cell: Plain<number>) {}

  *read(): Routine<number> {
    return yield* this.cell.read();
  }

  *write(value: number): Routine {
    yield* this.cell.write(value);
  }

  peek(): number {
    return this.cell.peek();
  }
}
