import { DeadPeek, type Layout, type World } from './world.js';

/** The life of a block. Embedded blocks follow their container. */
export const UNALLOCATED = 0;
export const ALIVE = 1;
export const RETIRED = 2;
export const FREED = 3;

export class Block {
  readonly status: number;
  readonly object: number;
  /** Embedded blocks, at any depth. */
  readonly embedded: Block[] = [];
  /** Mutexes of this block and of those embedded in it. */
  readonly mutexes: Mutex[] = [];

  constructor(
    layout: Layout,
    readonly name: string,
    readonly container: Block | undefined,
    fromStart: boolean,
  ) {
    this.status = layout.reserve(1, fromStart ? ALIVE : UNALLOCATED);
    this.object = layout.reserveObject();
    for (let c = container; c !== undefined; c = c.container) c.embedded.push(this);
  }

  isAlive(w: World): boolean {
    const status = w.get(this.status);
    if (status === UNALLOCATED) throw new Error(`block ${this.name} is used before it is made`);
    return status === ALIVE;
  }
}

/** Something that has a name, a place in the footprint and perhaps a block to live and die with. */
export class Item {
  readonly object: number;

  constructor(
    layout: Layout,
    readonly name: string,
    readonly block: Block | undefined,
  ) {
    this.object = layout.reserveObject();
  }

  isAlive(w: World): boolean {
    return this.block === undefined || this.block.isAlive(w);
  }

  /** Notes that the step touches the block's liveness; false, with the violation, when the block is dead. */
  touch(w: World): boolean {
    if (this.block === undefined) return true;
    w.reads(this.block.object);
    if (this.block.isAlive(w)) return true;
    w.violate('use-after-free', this.block.name);
    return false;
  }
}

export class Variable extends Item {
  readonly value: number;
  /** Atomic: the release clock. */
  readonly clock: number;

  constructor(
    layout: Layout,
    name: string,
    block: Block | undefined,
    readonly kind: 'atomic' | 'plain' | 'refcount',
    readonly initial: number,
  ) {
    super(layout, name, block);
    this.value = layout.reserve(1, initial);
    this.clock = kind === 'plain' ? -1 : layout.reserveClock();
    this.readEpochs = kind === 'plain' ? layout.reserveClock() : -1;
    this.writeEpochs = kind === 'plain' ? layout.reserveClock() : -1;
  }

  /** Plain: when each thread last read and wrote, in its own time. */
  readonly readEpochs: number;
  readonly writeEpochs: number;

  peek(w: World): number {
    if (this.block !== undefined && !this.block.isAlive(w)) throw new DeadPeek(this.block.name);
    return w.get(this.value);
  }

  /** True, with the violation, when this access of a plain variable races with an earlier one. */
  races(w: World, thread: number, write: boolean): boolean {
    const { layout } = w;
    const mine = layout.clock(thread);
    for (let t = 0; t < layout.threads; t++) {
      if (t === thread) continue;
      const known = w.get(mine + t);
      const unordered =
        w.get(this.writeEpochs + t) > known || (write && w.get(this.readEpochs + t) > known);
      if (unordered) {
        w.violate('data-race', this.name);
        return true;
      }
    }
    w.s[(write ? this.writeEpochs : this.readEpochs) + thread] = w.get(mine + thread);
    return false;
  }
}

export class Mutex extends Item {
  /** Thread + 1, or 0 while free. */
  readonly holder: number;
  readonly clock: number;

  constructor(layout: Layout, name: string, block: Block | undefined) {
    super(layout, name, block);
    this.holder = layout.reserve(1);
    this.clock = layout.reserveClock();
    for (let b = block; b !== undefined; b = b.container) b.mutexes.push(this);
  }
}
